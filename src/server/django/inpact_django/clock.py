"""The machine's monotonic clock, which on Linux is that of Chrome's trace."""

import time
from typing import NamedTuple


def now_us() -> int:
    """Whole microseconds."""
    return time.monotonic_ns() // 1_000


class Span(NamedTuple):
    """A stretch of time on that clock."""

    start_us: int
    end_us: int


def union_us(spans: list[Span]) -> int:
    """For how long at least one of them ran."""
    covered = 0
    reached = 0
    for start_us, end_us in sorted(spans):
        covered += max(0, end_us - max(start_us, reached))
        reached = max(reached, end_us)
    return covered
