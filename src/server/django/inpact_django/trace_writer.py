"""The server's trace, as docs/server-trace.md says."""

from __future__ import annotations

import itertools
import os
import secrets
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, TypeAlias

from .clock import Span, now_us

Event: TypeAlias = dict[str, Any]
Args: TypeAlias = dict[str, Any]

MOST_EVENTS = 100_000
"""The oldest events go once there are more: a server must not fill its memory."""

LOOP_THREAD = "server event loop"


class TraceWriter:
    """Keeps the newest events of this process. Any thread may add some, at any time.

    There is no lock: an event may come from a finalizer that interrupts the adding of another one, and a lock would
    then wait for itself.
    """

    def __init__(self) -> None:
        # With the number of each, by which the oldest tells how many are gone.
        self._events: deque[tuple[int, Event]] = deque(maxlen=MOST_EVENTS)
        self._count = itertools.count()
        self._ids = itertools.count(1)
        # Keeps two agents of one process apart.
        self._id_prefix = f"0x{secrets.token_hex(3)}"
        self._thread_names: dict[int, str] = {}
        self.event_loop: str | None = None
        """What turns the loop that is watched. None where there is no loop, as under WSGI."""

    def name_thread(self, tid: int, name: str) -> None:
        self._thread_names[tid] = name

    def complete(self, name: str, span: Span, args: Args, tid: int | None = None) -> Event:
        """Something that a thread did, and nothing beside it. The event may grow later."""
        return self._add("X", name, span.start_us, args, tid, dur=span.end_us - span.start_us)

    def asynchronous(self, name: str, span: Span, begin: Args, end: Args, tid: int | None = None) -> None:
        """Something beside which other things happen on its thread."""
        key = f"{self._id_prefix}{next(self._ids):08x}"
        self._add("b", name, span.start_us, begin, tid, id=key)
        self._add("e", name, span.end_us, end, tid, id=key)

    def instant(self, name: str, args: Args, tid: int | None = None) -> None:
        self._add("I", name, now_us(), args, tid, s="t")

    def counter(self, name: str, args: Args, tid: int) -> None:
        self._add("C", name, now_us(), args, tid)

    def clear(self) -> None:
        self._events.clear()
        self._count = itertools.count()

    def _add(self, phase: str, name: str, ts: int, args: Args, tid: int | None, **more: object) -> Event:
        event: Event = {
            "name": name,
            "cat": "inpact.server",
            "ph": phase,
            "ts": ts,
            "pid": os.getpid(),
            "tid": threading.get_native_id() if tid is None else tid,
            **more,
            "args": args,
        }
        self._events.append((next(self._count), event))
        return event

    def to_file(self) -> dict[str, Any]:
        """All that is kept, to be written as JSON."""
        kept = self._snapshot()
        events = [event for _, event in kept]
        pid = os.getpid()
        names = dict.fromkeys({event["tid"] for event in events}, "worker thread") | self._thread_names
        # Metadata is of no time, which Chrome writes as 0.
        common = {"cat": "inpact.server", "ph": "M", "ts": 0, "pid": pid}
        metadata: list[Event] = [
            {**common, "name": "process_name", "tid": pid, "args": {"name": "server"}},
            *({**common, "name": "thread_name", "tid": tid, "args": {"name": name}} for tid, name in names.items()),
        ]
        return {
            "traceEvents": metadata + events,
            "metadata": {
                "clock-domain": "LINUX_CLOCK_MONOTONIC" if sys.platform == "linux" else "UNKNOWN",
                "inpact-server": {
                    "version": 1,
                    "agent": "django",
                    "eventLoop": self.event_loop,
                    "bootId": _boot_id(),
                    "droppedEvents": kept[0][0] if kept else 0,
                    "monotonicUs": now_us(),
                    "unixUs": time.time_ns() // 1_000,
                },
            },
        }

    def _snapshot(self) -> list[tuple[int, Event]]:
        while True:
            try:
                return list(self._events)
            except RuntimeError:
                # Another thread added one meanwhile.
                continue


def span_of(event: Event) -> Span:
    return Span(event["ts"], event["ts"] + event["dur"])


def _boot_id() -> str | None:
    """Two programs with one boot id share a clock. Only Linux has it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
