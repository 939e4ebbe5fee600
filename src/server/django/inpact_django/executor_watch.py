"""Records how long work waits for a thread of an executor."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from asgiref.current_thread_executor import CurrentThreadExecutor
from asgiref.sync import SyncToAsync

from .call_stack import Place, asked_by, own_places
from .clock import Span, now_us
from .harmless import harmless
from .served import ServedRequest, current_request
from .trace_writer import TraceWriter


@dataclass(frozen=True)
class Asked:
    """Work that a coroutine has handed to an executor."""

    at_us: int
    name: str
    executor: str
    served: ServedRequest | None
    places: tuple[Place, ...]


class ExecutorWatch:
    """Stands before a loop's ``run_in_executor``, through which ``sync_to_async`` and ``asyncio.to_thread`` go."""

    def __init__(self, loop: asyncio.AbstractEventLoop, writer: TraceWriter, tid: int) -> None:
        self._loop = loop
        self._run_in_executor: Callable[..., asyncio.Future[Any]] = loop.run_in_executor
        self._writer = writer
        self._tid = tid

    def start(self) -> None:
        self._loop.run_in_executor = self.run_in_executor  # type: ignore[assignment, method-assign]

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        # What a pool of processes is asked for must be pickled, which a closure cannot be.
        is_of_threads = executor is None or isinstance(executor, ThreadPoolExecutor | CurrentThreadExecutor)
        asked = self._ask(func) if is_of_threads else None
        if asked is None:
            return self._run_in_executor(executor, func, *args)

        def begin() -> Any:
            self._begun(asked)
            with asked_by(asked.places):
                return func(*args)

        return self._run_in_executor(executor, begin)

    @harmless
    def _ask(self, func: Callable[..., Any]) -> Asked:
        name, executor = _described(func)
        # Not this function and its caller, but whoever awaits.
        return Asked(now_us(), name, executor, current_request(), own_places(sys._getframe(2)))

    @harmless
    def _begun(self, asked: Asked) -> None:
        wait = Span(asked.at_us, now_us())
        if asked.served is not None:
            asked.served.waited(wait)
        request = None if asked.served is None else asked.served.id
        begin = {"request": request, "name": asked.name, "executor": asked.executor}
        self._writer.asynchronous("inpact.executorWait", wait, begin, {}, self._tid)


def _described(func: Callable[..., Any]) -> tuple[str, str]:
    """The function that is to run, and the kind of executor that runs it."""
    executor = "default"
    while isinstance(func, partial):
        owner = getattr(func.func, "__self__", None)
        if isinstance(owner, SyncToAsync):
            executor = "thread-sensitive" if owner._thread_sensitive else "default"
            func = owner.func
        elif getattr(func.func, "__name__", "") == "run" and func.args:
            # `asyncio.to_thread` hands over `context.run` with the function as its argument.
            func = func.args[0]
        else:
            func = func.func
    return getattr(func, "__qualname__", type(func).__name__), executor
