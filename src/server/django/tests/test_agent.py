"""The agent is bounded, and stays out of the way."""

import asyncio
from concurrent.futures import ProcessPoolExecutor

import pytest
from django.core.signals import got_request_exception

from inpact_django import query_watch
from inpact_django.agent import start_agent
from inpact_django.clock import Span, union_us
from inpact_django.options import Options
from inpact_django.trace_writer import MOST_EVENTS, TraceWriter

from .asgi import serve
from .shop.models import Thing

OPTIONS = Options(enabled=True, server_timing=True, threshold_us=10_000)


def test_the_oldest_events_go_once_there_are_too_many() -> None:
    writer = TraceWriter()
    for number in range(MOST_EVENTS + 7):
        writer.complete("inpact.query", Span(number, number + 1), {}, 1)
    file = writer.to_file()
    kept = [event for event in file["traceEvents"] if event["ph"] == "X"]
    assert len(kept) == MOST_EVENTS
    assert kept[0]["ts"] == 7
    assert file["metadata"]["inpact-server"]["droppedEvents"] == 7
    writer.clear()
    writer.complete("inpact.query", Span(0, 1), {}, 1)
    assert writer.to_file()["metadata"]["inpact-server"]["droppedEvents"] == 0


def test_what_fails_in_the_agent_does_not_fail_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(query_watch, "redact_sql", broken)
    served = serve("/plain")
    assert served.answers[0].status == 200
    assert served.trace.named("inpact.query") == []


def test_work_for_another_process_is_passed_on_as_it_is() -> None:
    async def ask() -> int:
        start_agent(OPTIONS).loops.watch_running()
        with ProcessPoolExecutor(1) as pool:
            return await asyncio.get_running_loop().run_in_executor(pool, abs, -3)

    assert asyncio.run(ask()) == 3


def test_nothing_is_recorded_any_more_once_it_has_stopped() -> None:
    agent = start_agent(OPTIONS)
    agent.stop()
    try:
        raise ValueError
    except ValueError:
        got_request_exception.send(sender=None)
    Thing.objects.count()
    with pytest.warns(RuntimeWarning, match="never awaited"):
        Thing.objects.acount()  # type: ignore[unused-coroutine]
    assert [event for event in agent.writer.to_file()["traceEvents"] if event["ph"] != "M"] == []


def test_time_that_two_share_counts_once() -> None:
    assert union_us([Span(0, 10), Span(5, 20), Span(30, 40)]) == 30
    # The second ends within the first.
    assert union_us([Span(0, 20), Span(5, 10), Span(12, 30)]) == 30
    assert union_us([]) == 0
