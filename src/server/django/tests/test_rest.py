"""While nobody asks for anything the watch rests, and misses nothing for that."""

import asyncio
import time

import pytest
from django.core.handlers.asgi import ASGIHandler

from inpact_django import loop_watch
from inpact_django.agent import running_agent
from inpact_django.loop_waits import LoopWaits

from .asgi import get
from .recorded import Recorded
from .shop.views import compute


@pytest.fixture(autouse=True)
def _rests_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop_watch, "REST_AFTER_US", 20_000)


def test_a_loop_that_waits_is_not_asked_to_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = 0
    turned = loop_watch.LoopWatch._turned

    def count(watch: loop_watch.LoopWatch, now: int) -> None:
        nonlocal turns
        turns += 1
        turned(watch, now)

    monkeypatch.setattr(loop_watch.LoopWatch, "_turned", count)

    async def wait() -> int:
        await get(ASGIHandler(), "/ping")
        await asyncio.sleep(0.1)
        before = turns
        assert before > 0
        await asyncio.sleep(0.3)
        return turns - before

    # Awake it is asked 60 times.
    assert asyncio.run(wait()) <= 5


def test_a_block_after_a_rest_is_seen_from_its_begin_to_its_end_with_what_made_it() -> None:
    async def work() -> tuple[int, int]:
        await get(ASGIHandler(), "/ping")
        await asyncio.sleep(0.15)
        start_ns = time.monotonic_ns()
        compute(80)
        end_ns = time.monotonic_ns()
        await asyncio.sleep(0.03)
        return start_ns // 1_000, end_ns // 1_000

    start_us, end_us = asyncio.run(work())
    agent = running_agent()
    assert agent is not None
    block = Recorded(agent.writer.to_file()).longest_block_by("compute")
    assert block["ts"] <= start_us
    assert block["ts"] + block["dur"] >= end_us


def test_a_request_after_a_rest_is_told_of_the_block_that_it_waited_for() -> None:
    async def answer() -> str:
        app = ASGIHandler()
        await get(app, "/ping")
        await asyncio.sleep(0.15)
        compute(60)
        return (await get(app, "/ping")).headers["server-timing"]

    blocked = next(part for part in asyncio.run(answer()).split(", ") if part.startswith("loop;"))
    assert float(blocked.removeprefix("loop;dur=")) >= 60


@pytest.fixture
def _waits_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoopWaits, "are_seen", False)


async def rested() -> loop_watch.LoopWatch:
    """A watch that rests."""
    await get(ASGIHandler(), "/ping")
    agent = running_agent()
    assert agent is not None
    watch = agent.loops.running()
    assert watch is not None
    while not watch._is_resting:  # noqa: ASYNC110 -- Nobody is told when it begins to.
        await asyncio.sleep(0.01)
    return watch


@pytest.mark.usefixtures("_waits_in_c")
def test_a_loop_that_is_not_seen_to_wait_is_asked_seldom_and_is_not_blocked_when_it_turns_in_time() -> None:
    async def turn_in_time() -> tuple[int, int]:
        watch = await rested()
        interval_us = watch._due_us - watch._last_tick_us
        before = len(watch._writer.to_file()["traceEvents"])
        watch._turned(watch._due_us + 1_000)
        return interval_us, len(watch._writer.to_file()["traceEvents"]) - before

    assert asyncio.run(turn_in_time()) == (loop_watch.RESTING_TICK_US, 0)


@pytest.mark.usefixtures("_waits_in_c")
def test_a_request_wakes_the_watch_of_a_loop_that_is_not_seen_to_wait() -> None:
    async def work() -> None:
        await rested()
        await get(ASGIHandler(), "/compute_on_loop")
        await asyncio.sleep(0.03)

    asyncio.run(work())
    agent = running_agent()
    assert agent is not None
    recorded = Recorded(agent.writer.to_file())
    block = recorded.longest_block_by("compute")
    assert block["args"]["request"] in {args["id"] for args in recorded.args("inpact.request")}
    assert block["dur"] >= 80_000 - loop_watch.TICK_US


def test_the_selector_is_the_loops_own_again_once_nobody_watches() -> None:
    async def selector_after_stop() -> dict[str, object]:
        await get(ASGIHandler(), "/ping")
        selector = asyncio.get_running_loop()._selector  # type: ignore[attr-defined]
        assert "select" in vars(selector)
        agent = running_agent()
        assert agent is not None
        agent.stop()
        return vars(selector)

    assert "select" not in asyncio.run(selector_after_stop())
