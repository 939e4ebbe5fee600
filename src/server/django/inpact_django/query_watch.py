"""Records the queries of every database connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from .call_stack import call_stack, to_json
from .clock import Span, now_us
from .harmless import harmless
from .loop_watch import LoopWatches
from .redact import redact_sql
from .served import current_request
from .trace_writer import Event, TraceWriter

Execute: TypeAlias = Callable[[Any, Any, bool, dict[str, Any]], Any]

SAME_WORK_US = 1_000
"""Rows that are fetched this soon after the query belong to it, as one piece."""


class QueryWatch:
    def __init__(self, writer: TraceWriter, loops: LoopWatches) -> None:
        self._writer = writer
        self._loops = loops

    def start(self) -> None:
        connection_created.connect(self._add_to)
        for connection in connections.all(initialized_only=True):
            self._add_to(connection=connection)

    def stop(self) -> None:
        connection_created.disconnect(self._add_to)
        for connection in connections.all(initialized_only=True):
            if self.execute in connection.execute_wrappers:
                connection.execute_wrappers.remove(self.execute)

    def _add_to(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        # A connection that was lost and made anew has it already.
        if self.execute not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.execute)

    def execute(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Django's wrapper around each query. https://docs.djangoproject.com/en/stable/topics/db/instrumentation/"""
        start_us = now_us()
        try:
            return execute(sql, params, many, context)
        finally:
            self._executed(Span(start_us, now_us()), sql, context)

    @harmless
    def _executed(self, span: Span, sql: Any, context: dict[str, Any]) -> None:
        connection, cursor = context["connection"], context["cursor"]
        served = current_request()
        loop = self._loops.running()
        args = {
            "request": None if served is None else served.id,
            "sql": redact_sql(sql if isinstance(sql, str) else str(sql), connection.vendor),
            "onLoop": loop is not None,
            "rows": cursor.rowcount if cursor.rowcount >= 0 else None,
            "stack": to_json(call_stack()),
        }
        event = self._writer.complete("inpact.query", span, args)
        if served is not None:
            served.queried(event)
        if loop is not None:
            loop.queried(event)
        Fetches.of(cursor).follow(event)


class Fetches:
    """Counts the fetching of rows in: SQLite computes most rows only when they are asked for."""

    def __init__(self, cursor: Any) -> None:
        self._event: Event | None = None
        self._counts_rows = False
        # The cursor's own attributes come before those that Django passes on to the driver's cursor.
        cursor.fetchone = self._timed(cursor.fetchone, lambda row: int(row is not None))
        cursor.fetchmany = self._timed(cursor.fetchmany, len)
        cursor.fetchall = self._timed(cursor.fetchall, len)

    @staticmethod
    def of(cursor: Any) -> Fetches:
        known = cursor.__dict__.get("_inpact_fetches")
        if isinstance(known, Fetches):
            return known
        cursor._inpact_fetches = made = Fetches(cursor)
        return made

    def follow(self, event: Event) -> None:
        self._event = event
        # Where the driver does not know how many there are, those that were fetched are what is known.
        self._counts_rows = event["args"]["rows"] is None

    def _timed(self, fetch: Callable[..., Any], count: Callable[[Any], int]) -> Callable[..., Any]:
        def fetch_and_count(*args: Any, **kwargs: Any) -> Any:
            start_us = now_us()
            rows = fetch(*args, **kwargs)
            self._fetched(Span(start_us, now_us()), rows, count)
            return rows

        return fetch_and_count

    @harmless
    def _fetched(self, span: Span, rows: Any, count: Callable[[Any], int]) -> None:
        event = self._event
        if event is None:
            return
        if span.start_us - (event["ts"] + event["dur"]) <= SAME_WORK_US:
            event["dur"] = span.end_us - event["ts"]
        if self._counts_rows:
            event["args"]["rows"] = (event["args"]["rows"] or 0) + count(rows)
