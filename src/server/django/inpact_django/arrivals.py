"""Notes what a request has waited for, also while Django went to a thread and back before any middleware ran."""

from __future__ import annotations

import threading
from typing import Any

import django
from asgiref.sync import async_to_sync
from django.core.signals import request_started
from django.http import HttpRequest

from .clock import now_us
from .harmless import harmless
from .loop_watch import LoopWatches
from .served import Arrival

KEY = "inpact.arrival"
SENDS_ASYNC = django.VERSION >= (5, 0)
"""Before that Django called the receivers of signals in threads only."""


class Arrivals:
    """Receives ``request_started``, whose other receivers make Django wait for a thread before any middleware runs.

    Only under ASGI: a WSGI server would have to make an event loop for each request.
    """

    def __init__(self, loops: LoopWatches) -> None:
        self._loops = loops
        self._has_met_loop = False

    def start(self) -> None:
        if SENDS_ASYNC:
            request_started.connect(self._started)

    def stop(self) -> None:
        request_started.disconnect(self._started)

    async def _started(self, scope: dict[str, Any] | None = None, **_: object) -> None:
        if scope is not None:
            scope[KEY] = self._noted(None)

    def begun(self, request: HttpRequest) -> Arrival:
        """A middleware has it now. What blocked the loop since it arrived, or right before, is what it waited for."""
        return self._noted(_arrival_of(request)) or _unknown()

    def begun_in_thread(self, request: HttpRequest) -> Arrival:
        """A middleware has it now, in a thread, where the loop is another's or there is none."""
        if hasattr(request, "scope") and not self._has_met_loop:
            self._has_met_loop = True
            self._meet_loop()
        return _arrival_of(request) or _unknown()

    @harmless
    def _meet_loop(self) -> None:
        """Goes to the loop that serves the thread's request, to watch it. Later requests are noted as they arrive."""
        self.start()
        async_to_sync(self._watch_loop)()

    async def _watch_loop(self) -> None:
        self._loops.watch_running()

    @harmless
    def _noted(self, before: Arrival | None) -> Arrival:
        at_us = now_us()
        loop = self._loops.watch_running()
        if loop is None:
            return _unknown()
        if before is None:
            blocked_us = loop.blocked_us(at_us)
        else:
            blocked_us = max(before.loop_us or 0, loop.blocked_us(at_us, since_us=before.at_us))
        loop.begins(at_us)
        return Arrival(at_us, blocked_us, threading.get_native_id())


def _arrival_of(request: HttpRequest) -> Arrival | None:
    arrived = getattr(request, "scope", {}).get(KEY)
    return arrived if isinstance(arrived, Arrival) else None


def _unknown() -> Arrival:
    return Arrival(now_us(), None, threading.get_native_id())
