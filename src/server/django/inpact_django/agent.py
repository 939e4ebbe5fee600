"""All that watches this process. Connections, warnings and signals belong to a process: so does what watches them."""

from __future__ import annotations

from .arrivals import Arrivals
from .error_watch import ErrorWatch
from .loop_watch import LoopWatches
from .not_awaited import NotAwaitedWatch
from .options import Options
from .query_watch import QueryWatch
from .request_watch import RequestWatch
from .trace_writer import TraceWriter


class Agent:
    def __init__(self, options: Options) -> None:
        self.writer = TraceWriter()
        self.loops = LoopWatches(self.writer, options.threshold_us)
        self.requests = RequestWatch(self.writer, server_timing=options.server_timing)
        self.arrivals = Arrivals(self.loops)
        self._watches = (
            QueryWatch(self.writer, self.loops),
            NotAwaitedWatch(self.writer),
            ErrorWatch(self.writer),
        )

    def start(self) -> None:
        for watch in self._watches:
            watch.start()

    def stop(self) -> None:
        """What is kept stays."""
        for watch in self._watches:
            watch.stop()
        self.arrivals.stop()
        self.loops.stop()


_agent: Agent | None = None


def running_agent() -> Agent | None:
    return _agent


def start_agent(options: Options) -> Agent:
    """The agent of this process, begun by the first who asks."""
    global _agent  # noqa: PLW0603
    if _agent is None:
        _agent = Agent(options)
        _agent.start()
    return _agent


def stop_agent() -> None:
    global _agent  # noqa: PLW0603
    if _agent is not None:
        _agent.stop()
        _agent = None
