"""Records what handlers throw."""

from __future__ import annotations

import sys

from django.core.signals import got_request_exception

from .call_stack import places_of_error, to_json
from .harmless import harmless
from .redact import redact_message
from .served import current_request
from .trace_writer import TraceWriter


class ErrorWatch:
    """Django tells of every exception that becomes an answer of status 500."""

    def __init__(self, writer: TraceWriter) -> None:
        self._writer = writer

    def start(self) -> None:
        got_request_exception.connect(self._raised)

    def stop(self) -> None:
        got_request_exception.disconnect(self._raised)

    def _raised(self, **_: object) -> None:
        self._record()

    @harmless
    def _record(self) -> None:
        error = sys.exc_info()[1]
        if error is None:
            return
        served = current_request()
        args = {
            "request": None if served is None else served.id,
            "type": type(error).__name__,
            "message": redact_message(str(error)),
            "stack": to_json(places_of_error(error.__traceback__)),
        }
        self._writer.instant("inpact.error", args, None if served is None else served.tid)
