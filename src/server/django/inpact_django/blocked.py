"""Who held the event loop, by what was seen while it stood still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any, TypeVar

from django.core.handlers.base import BaseHandler

from .call_stack import DATABASE_LAYER, Place, own_places, to_json
from .clock import Span, union_us
from .served import ATTRIBUTE, ServedRequest, answer_for_async
from .trace_writer import Event, span_of

T = TypeVar("T")


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


ANSWERS_ON_LOOP: CodeType | None = getattr(getattr(BaseHandler, "_get_response_async", None), "__code__", None)
"""Django's own, under a name that it may change."""


def sample_of(frame: FrameType, idle_code: CodeType | None) -> Sample:
    is_in_database_layer = False
    request: str | None = None
    outer: FrameType | None = frame
    # What is further out has started the loop, and does not run on it.
    while outer is not None and not _turns_loop(outer.f_code, idle_code):
        code = outer.f_code
        is_in_database_layer = is_in_database_layer or code.co_filename.startswith(DATABASE_LAYER)
        served = _served_in(outer)
        request = request if served is None else served.id
        outer = outer.f_back
    return Sample(
        places=own_places(frame, outer),
        is_in_database_layer=is_in_database_layer,
        is_idle=is_idle(frame, idle_code),
        request=request,
    )


def _served_in(frame: FrameType) -> ServedRequest | None:
    """The request that a frame answers: the agent's own frame, or Django's where the agent's is in a thread."""
    if frame.f_code is answer_for_async.__code__:
        served = frame.f_locals.get("served")
    elif frame.f_code is ANSWERS_ON_LOOP:
        served = getattr(frame.f_locals.get("request"), ATTRIBUTE, None)
    else:
        return None
    return served if isinstance(served, ServedRequest) else None


def _turns_loop(code: CodeType, idle_code: CodeType | None) -> bool:
    return code is idle_code or (code.co_name == "_run_once" and code.co_filename.endswith("base_events.py"))


def is_idle(innermost: FrameType, idle_code: CodeType | None) -> bool:
    """asyncio waits in a selector; a loop that is no Python code stands in whatever started it."""
    code = innermost.f_code
    return code is idle_code or (code.co_name == "select" and code.co_filename.endswith("selectors.py"))


NOT_ITS_OWN = "nothing of the loop's own"
UNSEEN = "code that ran too briefly to be seen"


@dataclass(frozen=True)
class Seen:
    """What is known of a time in which the loop stood still."""

    block: Span
    cpu_us: int
    """Processor time of the loop's thread."""
    processor_wait_us: int | None
    """How long that thread was ready to run and had no processor. None where the system does not tell."""
    queries: Sequence[Event]
    """Those that ran on the loop."""
    samples: Sequence[Sample]


def describe_block(seen: Seen) -> dict[str, Any]:
    """The ``args`` of ``inpact.loopBlocked``."""
    return {**_holder(seen), "cpuUs": seen.cpu_us}


def _holder(seen: Seen) -> dict[str, Any]:
    busy = [sample for sample in seen.samples if not sample.is_idle]
    if seen.queries and _is_database(seen.block, seen.queries, busy):
        longest = max(seen.queries, key=lambda query: int(query["dur"]))["args"]
        return _args(longest["sql"], "database", longest["request"], longest["stack"])
    # What keeps the interpreter's lock is seldom seen at it: a loop that had the processor did something.
    is_work = seen.cpu_us * 2 >= seen.block.end_us - seen.block.start_us
    if len(busy) * 2 < len(seen.samples) and not is_work:
        return _nobody(seen)
    own = [sample for sample in busy if sample.places]
    if not own:
        # Libraries work, or wait in the middle of work that takes no time.
        return _args("a library" if busy else UNSEEN, "python", None, []) if is_work else _nobody(seen)
    # By function: the lines of a loop would each have a share of its samples, and lose to a function of one line.
    function = _most_common(sample.places[0].code for sample in own)
    held = [sample for sample in own if sample.places[0].code is function]
    stack = to_json(_most_common(sample.places for sample in held))
    return _args(stack[0]["functionName"], "python", _most_common(sample.request for sample in held), stack)


def _nobody(seen: Seen) -> dict[str, Any]:
    """The loop's thread did not run. Where it was not for want of a processor, it was for want of the lock."""
    asleep_us = seen.block.end_us - seen.block.start_us - seen.cpu_us
    if seen.processor_wait_us is None:
        waited_for = "it waited for a processor, or for Python's interpreter lock"
    elif seen.processor_wait_us * 2 >= asleep_us:
        waited_for = "it waited for a processor"
    else:
        waited_for = "most likely another thread had Python's interpreter lock"
    return _args(f"{NOT_ITS_OWN}: {waited_for}", "unknown", None, [])


def _is_database(block: Span, queries: Sequence[Event], busy: Sequence[Sample]) -> bool:
    """Whether most of it went into queries, or into what Django's ORM does with their rows."""
    if union_us([span_of(query) for query in queries]) * 2 >= block.end_us - block.start_us:
        return True
    return bool(busy) and sum(sample.is_in_database_layer for sample in busy) * 2 >= len(busy)


def _most_common(values: Iterable[T]) -> T:
    [(value, _)] = Counter(values).most_common(1)
    return value


def _args(by: str, kind: str, request: str | None, stack: list[dict[str, Any]]) -> dict[str, Any]:
    return {"by": by, "kind": kind, "request": request, "stack": stack}
