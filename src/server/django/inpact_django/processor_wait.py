"""How long a thread was ready to run and had no processor."""

from __future__ import annotations

import os


def processor_wait_us(tid: int) -> int | None:
    """Since the thread began. None where the system does not tell: only Linux does.

    https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
    """
    try:
        # Kept open it would have to be closed by whoever forgets the loop.
        file = os.open(f"/proc/self/task/{tid}/schedstat", os.O_RDONLY)
    except OSError:
        return None
    try:
        _on_processor_ns, waited_ns, _count = os.read(file, 80).split()
        return int(waited_ns) // 1_000
    except (OSError, ValueError):
        return None
    finally:
        os.close(file)
