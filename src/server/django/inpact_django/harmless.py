"""An agent must never break what it watches."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("inpact")


def harmless(function: Callable[P, T]) -> Callable[P, T | None]:
    """Whatever goes wrong in the agent's own bookkeeping is logged, and the server goes on without it."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except Exception:
            log.debug("%s failed", function.__qualname__, exc_info=True)
            return None

    return guarded
