"""The watch's arithmetic, on a loop that does not run and with times of the test."""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from inpact_django import loop_watch
from inpact_django.blocked import is_idle, sample_of
from inpact_django.clock import Span
from inpact_django.loop_watch import COUNTER_US, RIGHT_BEFORE_US, TICK_US, LoopWatch
from inpact_django.trace_writer import TraceWriter

from .recorded import Recorded

TICKED_US = 1_000_000
DUE_US = TICKED_US + TICK_US
THRESHOLD_US = 10_000
UNTOLD_BEGIN_US = DUE_US - TICK_US // 2
"""When a block begins of which nothing is known but that it is one."""


@pytest.fixture
def watch() -> Iterator[LoopWatch]:
    """It was seen to turn at one second."""
    loop = asyncio.new_event_loop()
    made = LoopWatch(loop, TraceWriter(), THRESHOLD_US)
    made._last_tick_us = made._counted_us = TICKED_US
    made._due_us = DUE_US
    yield made
    loop.close()


def blocks(watch: LoopWatch) -> list[tuple[int, int]]:
    events = Recorded(watch._writer.to_file()).named("inpact.loopBlocked")
    return [(event["ts"], event["dur"]) for event in events]


def test_a_block_of_exactly_the_threshold_counts(watch: LoopWatch) -> None:
    watch._turned(UNTOLD_BEGIN_US + THRESHOLD_US - 1)
    assert blocks(watch) == []
    watch._turned(UNTOLD_BEGIN_US + THRESHOLD_US)
    assert blocks(watch) == [(UNTOLD_BEGIN_US, THRESHOLD_US)]


def test_a_block_begins_with_the_first_that_began_since_the_last_turn_and_before_the_next_was_due(
    watch: LoopWatch,
) -> None:
    watch._begins = [TICKED_US - 1, TICKED_US + 1_000, TICKED_US + 2_000, DUE_US + 1]
    watch._turned(DUE_US + 50_000)
    assert blocks(watch) == [(TICKED_US + 1_000, DUE_US + 50_000 - (TICKED_US + 1_000))]
    watch._begins = [DUE_US + 1]
    watch._turned(DUE_US + 60_000)
    assert blocks(watch)[1][0] == UNTOLD_BEGIN_US


def test_what_begins_while_the_loop_is_late_may_have_waited_for_all_of_that(watch: LoopWatch) -> None:
    assert watch.blocked_us(UNTOLD_BEGIN_US + 30_000) == 30_000
    # It is late by less than what counts.
    assert watch.blocked_us(UNTOLD_BEGIN_US + THRESHOLD_US - 1) == 0
    assert watch.blocked_us(DUE_US) == 0


def test_what_begins_right_after_a_block_may_have_waited_for_it(watch: LoopWatch) -> None:
    watch._last_block = Span(500_000, 540_000)
    assert watch.blocked_us(540_000 + RIGHT_BEFORE_US - 1) == 40_000
    assert watch.blocked_us(540_000 + RIGHT_BEFORE_US) == 0
    # Whoever was there before knows since when.
    assert watch.blocked_us(900_000, since_us=539_999) == 40_000
    assert watch.blocked_us(900_000, since_us=540_000) == 0


def test_a_block_is_what_the_next_may_have_waited_for(watch: LoopWatch) -> None:
    watch._turned(UNTOLD_BEGIN_US + 30_000)
    watch._due_us = UNTOLD_BEGIN_US + 40_000
    assert watch.blocked_us(UNTOLD_BEGIN_US + 31_000) == 30_000


def test_a_block_by_a_query_begins_with_it(watch: LoopWatch) -> None:
    args = {"sql": "SELECT ?", "request": None, "stack": []}
    watch.queried({"ts": TICKED_US + 1_000, "dur": 50_000, "args": args})
    watch._turned(TICKED_US + 52_000)
    assert blocks(watch) == [(TICKED_US + 1_000, 51_000)]


def test_what_began_before_a_turn_of_the_loop_is_no_part_of_the_next_block(
    watch: LoopWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_watch, "now_us", lambda: DUE_US)
    args = {"sql": "SELECT ?", "request": None, "stack": []}
    watch.queried({"ts": TICKED_US + 1_000, "dur": 90_000, "args": args})
    watch._tick()
    assert watch._begins == []
    watch._turned(watch._due_us + 50_000)
    [block] = Recorded(watch._writer.to_file()).args("inpact.loopBlocked")
    assert block["kind"] == "unknown"


def test_the_counter_tells_the_longest_delay_and_blocks_without_a_processor_as_busy(
    watch: LoopWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpu_ns = watch._last_cpu_ns = watch._counted_cpu_ns = 7
    monkeypatch.setattr(loop_watch.time, "thread_time_ns", lambda: cpu_ns)
    watch._turned(DUE_US + 100_000)
    assert Recorded(watch._writer.to_file()).args("inpact.loop") == []
    watch._due_us = TICKED_US + COUNTER_US - 2_000
    cpu_ns += 200_000_000
    watch._begins = []
    watch._last_tick_us = watch._due_us - TICK_US
    watch._turned(TICKED_US + COUNTER_US)
    [counted] = Recorded(watch._writer.to_file()).args("inpact.loop")
    # 102.5 ms of a block, and 200 ms of work.
    assert counted["delayMs"] == 100
    assert counted["utilization"] == pytest.approx((102_500 + 200_000) / COUNTER_US)


def test_what_the_thread_saw_is_told_of_one_block_only(watch: LoopWatch) -> None:
    watch._samples = [sample_of(sys._getframe(), None)]
    watch._turned(DUE_US + 50_000)
    watch._turned(DUE_US + 90_000)
    kinds = [args["kind"] for args in Recorded(watch._writer.to_file()).args("inpact.loopBlocked")]
    assert kinds == ["python", "unknown"]


def test_what_is_not_late_yet_is_not_looked_at(watch: LoopWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch._loop, "is_running", lambda: True)
    for at_us, seen in ((DUE_US + TICK_US, 0), (DUE_US + TICK_US + 1, 1)):
        monkeypatch.setattr(loop_watch, "now_us", lambda at_us=at_us: at_us)
        watch._look()
        assert len(watch._samples) == seen


def test_a_loop_that_was_stopped_holds_nobody(watch: LoopWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_us = DUE_US + 10_000_000
    monkeypatch.setattr(loop_watch, "now_us", lambda: stopped_us)
    watch._look()
    watch._turned(stopped_us + TICK_US)
    assert (watch._samples, blocks(watch)) == ([], [])


def test_a_sample_ends_where_the_loop_turns() -> None:
    async def work() -> list[str]:
        return [place.code.co_name for place in sample_of(sys._getframe(), None).places]

    # Whoever started the loop does not run on it.
    assert asyncio.run(work()) == ["work"]


def test_a_loop_in_its_selector_is_idle() -> None:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        gives_up = time.monotonic() + 10
        while True:
            frame = sys._current_frames()[thread.ident or 0]
            if is_idle(frame, None):
                break
            assert time.monotonic() < gives_up
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
