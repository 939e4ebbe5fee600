"""The request that the running code works for."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .clock import Span, now_us
from .trace_writer import Event

# https://www.w3.org/TR/trace-context/#traceparent-header
TRACE_PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


class Arrival(NamedTuple):
    """When the loop, or a WSGI server's thread, was at a request."""

    at_us: int
    loop_us: int | None
    """How long the loop had been blocked right before. None where that is not known, as under WSGI."""
    tid: int
    """That thread."""


@dataclass
class ServedRequest:
    """A request that is being served."""

    trace_id: str
    id: str
    parent_id: str | None
    start_us: int
    loop_us: int | None
    """How long the loop had been blocked when it came to this request. None where that is not known."""
    tid: int
    """The thread that began it: the loop's, or under WSGI the request's own."""
    queries: list[Event] = field(default_factory=list[Event])
    waits: list[Span] = field(default_factory=list[Span])
    """For threads of executors."""
    headers_us: int | None = None
    is_over: bool = False

    def queried(self, event: Event) -> None:
        if self._is_told_later:
            self.queries.append(event)

    def waited(self, wait: Span) -> None:
        if self._is_told_later:
            self.waits.append(wait)

    @property
    def _is_told_later(self) -> bool:
        """A task that it began may go on for ever, long after its headers were written, or its client has gone."""
        return self.headers_us is None and not self.is_over


ATTRIBUTE = "_inpact_served"
"""Of Django's request: who sees only that knows by it what is served."""


def serve_from(request: HttpRequest, arrival: Arrival) -> ServedRequest:
    drawn = secrets.token_hex(24)
    parent = TRACE_PARENT.fullmatch(request.headers.get("traceparent", ""))
    served = ServedRequest(
        trace_id=parent[1] if parent else drawn[16:],
        id=drawn[:16],
        parent_id=parent[2] if parent else None,
        start_us=arrival.at_us,
        loop_us=arrival.loop_us,
        tid=arrival.tid,
    )
    if arrival.tid != threading.get_native_id():
        # A thread has it now, which had to be found and to begin.
        served.waits.append(Span(arrival.at_us, now_us()))
    setattr(request, ATTRIBUTE, served)
    return served


_current: ContextVar[ServedRequest | None] = ContextVar("inpact_request", default=None)


def current_request() -> ServedRequest | None:
    return _current.get()


def current_id() -> str | None:
    served = _current.get()
    return None if served is None else served.id


Answer = Callable[[HttpRequest], HttpResponseBase]
AsyncAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def answer_for(served: ServedRequest, get_response: Answer, request: HttpRequest) -> HttpResponseBase:
    before = _current.get()
    _current.set(served)
    try:
        return get_response(request)
    finally:
        _current.set(before)


async def answer_for_async(served: ServedRequest, get_response: AsyncAnswer, request: HttpRequest) -> HttpResponseBase:
    """Who samples the loop's stack recognises this frame, and by it the request."""
    before = _current.get()
    _current.set(served)
    try:
        return await get_response(request)
    finally:
        _current.set(before)
