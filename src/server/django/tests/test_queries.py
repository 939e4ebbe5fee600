"""A query's length, its rows and its text, with a driver and a clock of the test."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from inpact_django import query_watch
from inpact_django.agent import start_agent
from inpact_django.loop_watch import LoopWatches
from inpact_django.options import Options
from inpact_django.query_watch import QueryWatch
from inpact_django.trace_writer import Event, TraceWriter

from .shop.models import Thing


class Clock:
    now_us = 1_000_000

    def __call__(self) -> int:
        return self.now_us


class Cursor:
    """Takes 2 ms for each row."""

    def __init__(self, clock: Clock, rowcount: int = -1) -> None:
        self._clock = clock
        self.rowcount = rowcount

    def fetchone(self) -> tuple[int] | None:
        self._clock.now_us += 2_000
        return (1,)

    def fetchmany(self, size: int) -> list[tuple[int]]:
        self._clock.now_us += 2_000 * size
        return [(1,)] * size

    def fetchall(self) -> list[tuple[int]]:
        self._clock.now_us += 6_000
        return [(1,)] * 3


class EmptyCursor(Cursor):
    def fetchone(self) -> None:
        return None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(query_watch, "now_us", made)
    return made


def queried(clock: Clock, cursor: Cursor, sql: str = "SELECT 1", vendor: str = "sqlite") -> Event:
    """A query that took 5 ms, and may grow yet."""
    writer = TraceWriter()

    def execute(*_: object) -> None:
        clock.now_us += 5_000

    context: dict[str, Any] = {"connection": SimpleNamespace(vendor=vendor), "cursor": cursor}
    QueryWatch(writer, LoopWatches(writer, 10_000)).execute(execute, sql, None, False, context)
    [event] = [event for event in writer.to_file()["traceEvents"] if event["ph"] == "X"]
    return event


def test_rows_that_are_fetched_at_once_are_part_of_the_query(clock: Clock) -> None:
    cursor = Cursor(clock)
    event = queried(clock, cursor)
    assert event["dur"] == 5_000
    clock.now_us += query_watch.SAME_WORK_US
    cursor.fetchmany(2)
    assert event["dur"] == 10_000
    cursor.fetchone()
    assert event["dur"] == 12_000


def test_rows_that_are_fetched_later_are_counted_and_make_the_query_no_longer(clock: Clock) -> None:
    cursor = Cursor(clock)
    event = queried(clock, cursor)
    clock.now_us += query_watch.SAME_WORK_US + 1
    cursor.fetchall()
    assert (event["dur"], event["args"]["rows"]) == (5_000, 3)


def test_the_drivers_number_of_rows_stands_however_few_are_fetched(clock: Clock) -> None:
    cursor = Cursor(clock, rowcount=9)
    event = queried(clock, cursor)
    cursor.fetchone()
    assert event["args"]["rows"] == 9


def test_no_row_is_none_and_not_one(clock: Clock) -> None:
    cursor = EmptyCursor(clock)
    event = queried(clock, cursor)
    assert event["args"]["rows"] is None
    cursor.fetchone()
    assert event["args"]["rows"] == 0


def test_a_cursor_that_asks_again_has_the_rows_of_each_query(clock: Clock) -> None:
    cursor = Cursor(clock)
    first = queried(clock, cursor)
    cursor.fetchall()
    second = queried(clock, cursor)
    cursor.fetchone()
    assert (first["args"]["rows"], second["args"]["rows"]) == (3, 1)
    assert (first["dur"], second["dur"]) == (11_000, 7_000)


def test_the_text_is_read_as_its_database_writes_it(clock: Clock) -> None:
    sql = 'SELECT "secret"'
    assert queried(clock, Cursor(clock), sql, "mysql")["args"]["sql"] == "SELECT ?"
    assert queried(clock, Cursor(clock), sql, "postgresql")["args"]["sql"] == sql


def test_a_connection_that_is_made_anew_is_watched_once_and_no_more_after_the_end() -> None:
    agent = start_agent(Options(enabled=True, server_timing=True, threshold_us=10_000))
    before = len(connection.execute_wrappers)
    connection.close()
    assert Thing.objects.count() == 500
    assert len(connection.execute_wrappers) == before == 1
    agent.stop()
    assert connection.execute_wrappers == []
