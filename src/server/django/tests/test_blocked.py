"""Who held the loop, drawn from what was seen of it."""

import asyncio
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from inpact_django import loop_watch
from inpact_django.agent import running_agent, start_agent
from inpact_django.blocked import UNSEEN, Sample, Seen, describe_block
from inpact_django.call_stack import Place
from inpact_django.clock import Span, now_us
from inpact_django.options import Options
from inpact_django.processor_wait import processor_wait_us

from .recorded import Recorded
from .shop.views import compute

BLOCK = Span(1_000_000, 1_100_000)


def work() -> None: ...


def short() -> None: ...


def seen_at(*places: tuple[object, int], request: str | None = None, database: bool = False) -> Sample:
    return Sample(
        places=tuple(Place(function.__code__, line) for function, line in places),  # type: ignore[attr-defined]
        is_in_database_layer=database,
        is_idle=False,
        request=request,
    )


def query(ms: int, sql: str = "SELECT ?") -> dict[str, object]:
    args = {"sql": sql, "request": "r1", "stack": [{"functionName": sql}]}
    return {"ts": BLOCK.start_us, "dur": ms * 1_000, "args": args}


IDLE = Sample(places=(), is_in_database_layer=False, is_idle=True, request=None)
LIBRARY = Sample(places=(), is_in_database_layer=False, is_idle=False, request=None)
ORM = seen_at((work, 3), database=True)


def described(
    *samples: Sample, queries: tuple[dict[str, object], ...] = (), cpu_ms: int = 0, processor_wait_ms: int | None = None
) -> tuple[str, str]:
    wait_us = None if processor_wait_ms is None else processor_wait_ms * 1_000
    args = describe_block(Seen(BLOCK, cpu_ms * 1_000, wait_us, queries, samples))
    return args["kind"], args["by"]


def test_the_function_of_most_samples_held_the_loop_whatever_its_lines_and_is_told_with_its_most_common_stack() -> None:
    samples = (
        seen_at((short, 1), request="r1"),
        seen_at((short, 1), request="r1"),
        seen_at((work, 3), (short, 2), request="r2"),
        seen_at((work, 4), (short, 2), request="r2"),
        seen_at((work, 5), (short, 2), request="r2"),
        seen_at((work, 5), (short, 2), request="r2"),
    )
    args = describe_block(Seen(BLOCK, cpu_us=0, processor_wait_us=None, queries=(), samples=samples))
    assert (args["by"], args["kind"], args["request"]) == ("work", "python", "r2")
    assert [(place["functionName"], place["line"]) for place in args["stack"]] == [("work", 5), ("short", 2)]


@pytest.mark.parametrize(
    ("samples", "kind"),
    [
        ([IDLE, seen_at((work, 3))], "python"),
        ([IDLE, IDLE, seen_at((work, 3))], "unknown"),
        ([LIBRARY, seen_at((work, 3))], "python"),
        ([IDLE], "unknown"),
    ],
)
def test_it_is_nobodys_where_the_loop_was_seen_idle_more_often_than_not(samples: list[Sample], kind: str) -> None:
    assert described(*samples)[0] == kind


def test_a_loop_that_had_the_processor_did_something_though_it_was_seen_idle() -> None:
    assert described(IDLE, IDLE, seen_at((work, 3)), cpu_ms=50) == ("python", "work")
    assert described(IDLE, IDLE, cpu_ms=50) == ("python", UNSEEN)
    assert described(IDLE, IDLE, cpu_ms=49)[0] == "unknown"


def test_where_only_libraries_were_seen_they_must_have_worked() -> None:
    assert described(LIBRARY, cpu_ms=50) == ("python", "a library")
    assert described(LIBRARY, cpu_ms=49)[0] == "unknown"


def test_what_nobody_saw_is_not_said_to_be_a_library() -> None:
    assert described(cpu_ms=50) == ("python", UNSEEN)


@pytest.mark.parametrize(
    ("processor_wait_ms", "told"),
    [
        (None, "it waited for a processor, or for Python's interpreter lock"),
        (40, "it waited for a processor"),
        (39, "most likely another thread had Python's interpreter lock"),
    ],
)
def test_what_the_thread_waited_for_most_of_the_time_is_told(processor_wait_ms: int | None, told: str) -> None:
    # Of 100 ms it was 20 on a processor.
    kind, by = described(IDLE, cpu_ms=20, processor_wait_ms=processor_wait_ms)
    assert (kind, by) == ("unknown", f"nothing of the loop's own: {told}")


@pytest.mark.parametrize(
    ("waited_us", "told"),
    [
        (lambda _: 0, "most likely another thread had Python's interpreter lock"),
        (lambda _: now_us(), "it waited for a processor"),
        (lambda _: None, "it waited for a processor, or for Python's interpreter lock"),
    ],
)
def test_a_loop_that_a_thread_keeps_from_turning_is_blocked_by_nothing_of_its_own(
    waited_us: Callable[[int], int | None], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the kernel says of it depends on how busy the machine is.
    monkeypatch.setattr(loop_watch, "processor_wait_us", waited_us)

    async def starve() -> None:
        start_agent(Options(enabled=True, server_timing=True, threshold_us=10_000)).loops.watch_running()
        await asyncio.sleep(0.03)
        # The loop waits in its selector meanwhile, and not for a thread to begin.
        await asyncio.to_thread(compute, 0)
        await asyncio.to_thread(compute, 100)
        await asyncio.sleep(0.03)

    before = sys.getswitchinterval()
    # Nobody takes the lock from the thread before it is done.
    sys.setswitchinterval(1)
    try:
        asyncio.run(starve())
    finally:
        sys.setswitchinterval(before)
    agent = running_agent()
    assert agent is not None
    block = Recorded(agent.writer.to_file()).longest_block("unknown")
    assert block["args"]["by"] == f"nothing of the loop's own: {told}"
    assert block["dur"] >= 90_000


def test_a_thread_that_does_not_exist_has_waited_nobody_knows_how_long() -> None:
    assert processor_wait_us(0) is None


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells.")
def test_the_kernel_tells_how_long_a_thread_waited_for_a_processor() -> None:
    tid = threading.get_native_id()

    def read_ns() -> int:
        return int(Path(f"/proc/self/task/{tid}/schedstat").read_text(encoding="ascii").split()[1])

    before_ns, told_us, after_ns = read_ns(), processor_wait_us(tid), read_ns()
    assert told_us is not None
    assert before_ns // 1_000 <= told_us <= after_ns // 1_000


def test_queries_that_took_half_of_it_are_a_database_block_and_the_longest_is_named() -> None:
    assert described(queries=(query(20, "SELECT a"), query(50, "SELECT b"))) == ("database", "SELECT b")
    assert described(queries=(query(49),))[0] == "unknown"


def test_a_query_that_took_less_is_to_blame_only_where_the_orm_was_seen_in_half_of_the_work() -> None:
    assert described(ORM, seen_at((work, 3)), queries=(query(1),)) == ("database", "SELECT ?")
    assert described(ORM, seen_at((work, 3)), seen_at((work, 3)), queries=(query(1),))[0] == "python"
    # While it was idle it was at no work at all.
    assert described(ORM, IDLE, IDLE, queries=(query(1),))[0] == "database"
    assert described(ORM)[0] == "python"
