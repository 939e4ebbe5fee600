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

from .clock import Span
from .trace_writer import Event

# https://www.w3.org/TR/trace-context/#traceparent-header
TRACE_PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


class Arrival(NamedTuple):
    """When the loop, or a WSGI server's thread, was at a request."""

    at_us: int
    loop_us: int | None
    """How long the loop had been blocked right before. None where no loop is watched, as under WSGI."""


@dataclass
class ServedRequest:
    """A request that is being served."""

    trace_id: str
    id: str
    parent_id: str | None
    start_us: int
    loop_us: int | None
    """How long the loop had been blocked when it came to this request. None where no loop is watched."""
    queries: list[Event] = field(default_factory=list[Event])
    waits: list[Span] = field(default_factory=list[Span])
    """For threads of executors."""
    headers_us: int | None = None
    tid: int = field(default_factory=threading.get_native_id)
    """The thread that began it: the loop's, or under WSGI the request's own."""


def serve_from(request: HttpRequest, arrival: Arrival) -> ServedRequest:
    drawn = secrets.token_hex(24)
    parent = TRACE_PARENT.fullmatch(request.headers.get("traceparent", ""))
    return ServedRequest(
        trace_id=parent[1] if parent else drawn[16:],
        id=drawn[:16],
        parent_id=parent[2] if parent else None,
        start_us=arrival.at_us,
        loop_us=arrival.loop_us,
    )


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
