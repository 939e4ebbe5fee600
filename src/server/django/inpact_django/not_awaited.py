"""Records coroutines that were made and never awaited, so that nothing happened."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Coroutine
from types import FunctionType
from typing import Any, TypeVar, cast

from .call_stack import call_stack, is_own, to_json
from .harmless import harmless
from .served import current_request
from .trace_writer import TraceWriter

ORIGIN_DEPTH = 4
"""The caller's line is found within these: Django's own functions call each other before."""
HOOK = "_warn_unawaited_coroutine"
"""What CPython calls for each such coroutine. A filter of warnings would show one for each line at most."""


def track_origins() -> None:
    """Has this thread remember where it makes coroutines. Whoever asked for more keeps it."""
    if sys.get_coroutine_origin_tracking_depth() < ORIGIN_DEPTH:
        sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)


F = TypeVar("F", bound=Callable[..., None])


def _skipped_by_warnings(function: F) -> F:
    """A warning is told at the line of whoever calls the hook, and filters for a module mean that one.

    CPython passes by what its import system runs when it looks for that line, and knows it by its file.
    """
    named = cast(FunctionType, function)
    named.__code__ = named.__code__.replace(co_filename=f"<frozen importlib._bootstrap: {__file__}>")
    return function


class NotAwaitedWatch:
    def __init__(self, writer: TraceWriter) -> None:
        self._writer = writer
        self._warn: Callable[[Coroutine[Any, Any, Any]], None] | None = getattr(warnings, HOOK, None)

    def start(self) -> None:
        if self._warn is not None:
            setattr(warnings, HOOK, self._not_awaited)

    def stop(self) -> None:
        if getattr(warnings, HOOK, None) == self._not_awaited:
            setattr(warnings, HOOK, self._warn)

    @_skipped_by_warnings
    def _not_awaited(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._record(coroutine)
        if self._warn is not None:
            self._warn(coroutine)

    @harmless
    def _record(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        served = current_request()
        args = {
            "request": None if served is None else served.id,
            "name": getattr(coroutine, "__qualname__", type(coroutine).__name__),
            "stack": _origin(coroutine) or to_json(call_stack()),
        }
        self._writer.instant("inpact.notAwaited", args, None if served is None else served.tid)


def _origin(coroutine: Coroutine[Any, Any, Any]) -> list[dict[str, Any]]:
    """Where it was made, if that was remembered. Else it is mostly dropped where it was made."""
    origin: tuple[tuple[str, int, str], ...] = getattr(coroutine, "cr_origin", None) or ()
    return [{"functionName": function, "url": file, "line": line} for file, line, function in origin if is_own(file)]
