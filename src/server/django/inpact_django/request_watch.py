"""Follows each request from the agent's first code for it until its response is handed over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .clock import Span, now_us, union_us
from .harmless import harmless
from .served import ServedRequest
from .trace_writer import TraceWriter, span_of

TRACE_URL_NAME = "inpact-trace"
"""What asks for the trace is not in it."""


class RequestWatch:
    def __init__(self, writer: TraceWriter, *, server_timing: bool) -> None:
        self._writer = writer
        self._server_timing = server_timing

    @harmless
    def answered(self, served: ServedRequest, request: HttpRequest, response: HttpResponseBase) -> None:
        """The response is there: its headers are written next."""
        served.headers_us = now_us()
        if self._server_timing:
            own = server_timing(served)
            others = response.headers.get("Server-Timing")
            response.headers["Server-Timing"] = own if others is None else f"{others}, {own}"
        after_close(response, lambda: self.ended(served, request, response.status_code))

    @harmless
    def ended(self, served: ServedRequest, request: HttpRequest, status: int | None) -> None:
        """The response was handed over, or there is none: its client has gone."""
        served.is_over = True
        served.queries.clear()
        served.waits.clear()
        match = request.resolver_match
        if match is not None and match.url_name == TRACE_URL_NAME:
            return
        end_us = now_us()
        begin = {
            "id": served.id,
            "traceId": served.trace_id,
            "parentId": served.parent_id,
            "method": request.method or "GET",
            "route": request.path if match is None or not match.route else f"/{match.route.lstrip('^')}",
            # Without the query, in which secrets are.
            "path": request.path,
        }
        end = {"status": status, "headersUs": served.headers_us or end_us}
        self._writer.asynchronous("inpact.request", Span(served.start_us, end_us), begin, end, served.tid)


def after_close(response: HttpResponseBase, tell: Callable[[], object]) -> None:
    """Every server closes a response once it has been sent, also one that is streamed."""
    close = response.close

    # Django closes it in a thread: the wait for that is told by the name of what was to run.
    @wraps(close)
    def close_and_tell() -> None:
        try:
            close()
        finally:
            tell()

    response.close = close_and_tell  # type: ignore[method-assign]


def server_timing(served: ServedRequest) -> str:
    total_us = (served.headers_us or served.start_us) - served.start_us
    told = [
        _duration("total", total_us),
        _duration("db", union_us([span_of(query) for query in served.queries])),
    ]
    # Without a loop that is watched nobody knows what the request has waited for: 0 would say that it has not.
    if served.loop_us is not None:
        told += [_duration("queue", union_us(served.waits)), _duration("loop", served.loop_us)]
    return ", ".join((*told, f'traceparent;desc="00-{served.trace_id}-{served.id}-01"'))


def _duration(name: str, us: int) -> str:
    return f"{name};dur={us / 1_000:.3f}"
