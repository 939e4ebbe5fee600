"""Who held the event loop, by what was seen while it stood still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from .call_stack import DATABASE_LAYER, Place, own_places, to_json
from .clock import Span, union_us
from .served import ServedRequest, answer_for_async
from .trace_writer import Event, span_of


@dataclass(frozen=True)
class Sample:
    """What the loop's thread was seen to do at one moment."""

    places: tuple[Place, ...]
    """The project's functions, innermost first."""
    is_in_database_layer: bool
    """Django's ORM was at work: it asked, waited, or made objects of rows."""
    is_idle: bool
    """The loop ran nothing. If it does not turn nevertheless, another thread has the interpreter."""
    request: str | None


def sample_of(frame: FrameType, idle_code: CodeType | None) -> Sample:
    innermost = frame
    is_in_database_layer = False
    request: str | None = None
    outer: FrameType | None = frame
    while outer is not None:
        code = outer.f_code
        is_in_database_layer = is_in_database_layer or code.co_filename.startswith(DATABASE_LAYER)
        if code is answer_for_async.__code__:
            served = outer.f_locals.get("served")
            request = served.id if isinstance(served, ServedRequest) else None
            break
        outer = outer.f_back
    return Sample(
        places=own_places(innermost),
        is_in_database_layer=is_in_database_layer,
        is_idle=is_idle(innermost, idle_code),
        request=request,
    )


def is_idle(innermost: FrameType, idle_code: CodeType | None) -> bool:
    """asyncio waits in a selector; a loop that is no Python code stands in whatever started it."""
    code = innermost.f_code
    return code is idle_code or (code.co_name == "select" and code.co_filename.endswith("selectors.py"))


NOT_ITS_OWN = "nothing of the loop's own: it waited for a processor, or for Python's interpreter lock"


def describe_block(block: Span, queries: Sequence[Event], samples: Sequence[Sample]) -> dict[str, Any]:
    """The ``args`` of ``inpact.loopBlocked``."""
    busy = [sample for sample in samples if not sample.is_idle]
    if queries and _is_database(block, queries, busy):
        longest = max(queries, key=lambda query: int(query["dur"]))["args"]
        return _args(longest["sql"], "database", longest["request"], longest["stack"])
    if not busy or len(busy) * 2 < len(samples):
        return _args(NOT_ITS_OWN, "unknown", None, [])
    [(places, _)] = Counter(sample.places for sample in busy).most_common(1)
    [(request, _)] = Counter(sample.request for sample in busy).most_common(1)
    stack = to_json(places)
    return _args(stack[0]["functionName"] if stack else "a library", "python", request, stack)


def _is_database(block: Span, queries: Sequence[Event], busy: Sequence[Sample]) -> bool:
    """Whether most of it went into queries, or into what Django's ORM does with their rows."""
    if union_us([span_of(query) for query in queries]) * 2 >= block.end_us - block.start_us:
        return True
    return bool(busy) and sum(sample.is_in_database_layer for sample in busy) * 2 >= len(busy)


def _args(by: str, kind: str, request: str | None, stack: list[dict[str, Any]]) -> dict[str, Any]:
    return {"by": by, "kind": kind, "request": request, "stack": stack}
