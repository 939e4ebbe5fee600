"""Watches for how long an asyncio event loop does not turn."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from types import CodeType
from weakref import WeakKeyDictionary

from .blocked import Sample, Seen, describe_block, sample_of
from .clock import Span, now_us
from .executor_watch import ExecutorWatch
from .harmless import harmless
from .loop_waits import LoopWaits
from .not_awaited import track_origins
from .processor_wait import processor_wait_us
from .trace_writer import LOOP_THREAD, Event, TraceWriter

TICK_US = 5_000
"""How often the loop is seen to turn: a block's begin is known to half of this, unless something began with it."""
LOOK_S = 0.01
"""How often another thread looks whether it turns. Only while it does not are there samples of what it does."""
REST_AFTER_US = 1_000_000
"""Where nobody has asked for anything this long, the watch rests until the loop has something to do."""
RESTING_TICK_US = 50_000
"""How often a loop whose waits can't be seen is asked to turn meanwhile, and looked at."""
REST_S = 1.0
"""How often it is seen whether a resting loop is closed."""
COUNTER_US = 1_000_000
RIGHT_BEFORE_US = 10_000
"""What waited is accepted, read and begun within the next turns of the loop."""


class LoopWatch:
    """The watch over one loop. All but ``_look_on`` runs in the loop's own thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, writer: TraceWriter, threshold_us: int) -> None:
        self._loop = loop
        self._writer = writer
        self._threshold_us = threshold_us
        self._thread = threading.get_ident()
        self._tid = threading.get_native_id()
        self._idle_code: CodeType | None = None
        self._waits = LoopWaits(loop, self._waited)
        self._last_tick_us = self._last_begin_us = now_us()
        self._due_us = self._last_tick_us + TICK_US
        self._is_resting = False
        self._tick_handle: asyncio.TimerHandle | None = None
        # Whether the other thread has to look.
        self._awake = threading.Event()
        self._awake.set()
        self._last_cpu_ns = time.thread_time_ns()
        self._last_processor_wait_us = processor_wait_us(self._tid)
        self._last_block = Span(0, 0)
        # When things began of which each may have been the begin of a block, and the queries, since the last tick.
        self._begins: list[int] = []
        self._queries: list[Event] = []
        self._samples: list[Sample] = []
        self._longest_delay_us = 0
        # Since the last counter: its time, the thread's processor time then, and what blocks took without a processor.
        self._counted_us = self._last_tick_us
        self._counted_cpu_ns = self._last_cpu_ns
        self._unserved_us = 0
        self._ended = threading.Event()

    def start(self) -> None:
        self._writer.name_thread(self._tid, LOOP_THREAD)
        self._writer.event_loop = type(self._loop).__module__.split(".", 1)[0]
        ExecutorWatch(self._loop, self._writer, self._tid).start()
        track_origins()
        self._waits.start()
        self._next_tick(now_us(), TICK_US)
        threading.Thread(target=self._look_on, name="inpact", daemon=True).start()

    def stop(self) -> None:
        self._ended.set()
        self._awake.set()
        self._waits.stop()

    def begins(self, at_us: int) -> None:
        """Something began on the loop that may hold it."""
        self._last_begin_us = at_us
        if self._is_resting:
            self._stir(at_us)
        self._begins.append(at_us)

    def queried(self, event: Event) -> None:
        """A query ran on the loop, which stood still for it."""
        self._queries.append(event)
        self.begins(event["ts"])

    def blocked_us(self, at_us: int, *, since_us: int | None = None) -> int:
        """For how long the loop had not turned right before: the most that what begins now can have waited for it."""
        late = at_us - self._begin_of_block() if at_us > self._due_us else 0
        start_us, end_us = self._last_block
        from_us = at_us - RIGHT_BEFORE_US if since_us is None else since_us
        known = min(end_us, at_us) - start_us if end_us > from_us else 0
        longest = max(late, known)
        return longest if longest >= self._threshold_us else 0

    def _next_tick(self, from_us: int, after_us: int) -> None:
        self._last_tick_us = from_us
        self._due_us = from_us + after_us
        self._last_cpu_ns = time.thread_time_ns()
        self._last_processor_wait_us = processor_wait_us(self._tid)
        self._tick_handle = self._loop.call_later(after_us / 1e6, self._tick)

    def _tick(self) -> None:
        if self._ended.is_set():
            return
        self._turned(now_us())
        self._begins = []
        self._queries = []
        self._is_resting = self._last_tick_us - self._last_begin_us > REST_AFTER_US
        if not self._is_resting:
            self._next_tick(now_us(), TICK_US)
            return
        self._awake.clear()
        if not self._waits.are_seen:
            self._next_tick(now_us(), RESTING_TICK_US)

    def _waited(self) -> None:
        """The loop has something to do again, and whatever that is may hold it from now on."""
        if self._is_resting and not self._ended.is_set():
            at_us = now_us()
            self._stir(at_us)
            self._begins.append(at_us)

    def _stir(self, at_us: int) -> None:
        self._is_resting = False
        if self._tick_handle is not None:
            self._tick_handle.cancel()
        self._next_tick(at_us, TICK_US)
        self._awake.set()

    @harmless
    def _turned(self, now: int) -> None:
        block = Span(self._begin_of_block(), now)
        self._longest_delay_us = max(self._longest_delay_us, now - self._due_us)
        samples, self._samples = self._samples, []
        if block.end_us - block.start_us >= self._threshold_us:
            cpu_us = (time.thread_time_ns() - self._last_cpu_ns) // 1_000
            args = describe_block(Seen(block, cpu_us, self._processor_wait_us(), self._queries, samples))
            self._writer.complete("inpact.loopBlocked", block, args, self._tid)
            self._last_block = block
            self._unserved_us += max(0, block.end_us - block.start_us - cpu_us)
        self._learn_idle_code()
        if now - self._counted_us >= COUNTER_US:
            self._count(now)

    def _processor_wait_us(self) -> int | None:
        """Since the last tick."""
        before, now = self._last_processor_wait_us, processor_wait_us(self._tid)
        return None if before is None or now is None else now - before

    def _begin_of_block(self) -> int:
        """The first thing that began before the next tick was due; else the middle of when it must have begun.

        While the watch rests it may have begun long before that: it is told no longer than it is sure to have been.
        """
        begun = [at for at in self._begins if self._last_tick_us <= at <= self._due_us]
        return min(begun, default=self._due_us - TICK_US // 2)

    def _learn_idle_code(self) -> None:
        """A loop that is no Python code calls from where it was started, and waits there too."""
        tick = sys._getframe()
        while tick.f_code is not LoopWatch._tick.__code__ and tick.f_back is not None:
            tick = tick.f_back
        caller = tick.f_back
        self._idle_code = None if caller is None or caller.f_code.co_name == "_run" else caller.f_code

    def _count(self, now: int) -> None:
        cpu_ns = time.thread_time_ns()
        busy_us = (cpu_ns - self._counted_cpu_ns) // 1_000 + self._unserved_us
        args = {
            "delayMs": self._longest_delay_us / 1_000,
            "utilization": min(1, busy_us / (now - self._counted_us)),
        }
        self._writer.counter("inpact.loop", args, self._tid)
        self._longest_delay_us = self._unserved_us = 0
        self._counted_us, self._counted_cpu_ns = now, cpu_ns

    def _look_on(self) -> None:
        """What holds the loop can't be seen by the loop itself: it comes to look only once the block is over."""
        while not self._ended.wait(LOOK_S) and not self._loop.is_closed():
            self._awake.wait(REST_S if self._waits.are_seen else RESTING_TICK_US / 1e6)
            self._look()

    @harmless
    def _look(self) -> None:
        is_waiting = self._is_resting and self._waits.are_seen
        if is_waiting or now_us() <= self._due_us + TICK_US:
            return
        frame = sys._current_frames().get(self._thread)
        if frame is None or not self._loop.is_running():
            # It was stopped, and holds nobody.
            self._last_tick_us = now_us()
            self._due_us = self._last_tick_us + TICK_US
            return
        self._samples.append(sample_of(frame, self._idle_code))


class LoopWatches:
    """One watch for each loop that serves requests."""

    def __init__(self, writer: TraceWriter, threshold_us: int) -> None:
        self._writer = writer
        self._threshold_us = threshold_us
        self._watches: WeakKeyDictionary[asyncio.AbstractEventLoop, LoopWatch] = WeakKeyDictionary()

    def running(self) -> LoopWatch | None:
        """The watch of the loop that the calling code holds. None in a thread without one."""
        try:
            return self._watches.get(asyncio.get_running_loop())
        except RuntimeError:
            return None

    def watch_running(self) -> LoopWatch | None:
        """Begins to watch the loop that the calling code runs on, if it is not watched yet."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return None
        known = self._watches.get(loop)
        if known is not None:
            return known
        self._watches[loop] = watch = LoopWatch(loop, self._writer, self._threshold_us)
        watch.start()
        return watch

    def stop(self) -> None:
        for watch in list(self._watches.values()):
            watch.stop()
