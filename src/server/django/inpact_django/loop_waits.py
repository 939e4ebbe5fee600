"""When an event loop has nothing to do and waits for something."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class LoopWaits:
    """Tells when a wait of the loop is over: from then on the loop may be held. Costs nothing while it waits.

    asyncio's own loops wait in their selector. One that is no Python code, as uvloop's, can't be seen to wait.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, waited: Callable[[], None]) -> None:
        self._selector: Any = getattr(loop, "_selector", None)
        self._select: Callable[..., Any] | None = getattr(self._selector, "select", None)
        self._waited = waited

    @property
    def are_seen(self) -> bool:
        return self._select is not None

    def start(self) -> None:
        if self.are_seen:
            self._selector.select = self.select

    def stop(self) -> None:
        # Whoever has put something of its own before it since then keeps that.
        if self.are_seen and getattr(self._selector, "select", None) == self.select:
            del self._selector.select

    def select(self, timeout: float | None = None) -> Any:
        assert self._select is not None
        events = self._select(timeout)
        self._waited()
        return events
