import { lastWhere } from '../../base/last-where.ts';
import { listUnder } from '../../base/list-under.ts';
import { fromMs, type Micro, type TraceTime } from '../../base/units.ts';
import { argPath } from '../../trace/arg-paths.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';
import { pairedInTurn } from '../paired-in-turn.ts';
import type { Span } from '../span.ts';
import { ThreadMap } from '../threads/thread-map.ts';
import type { Thread } from '../threads/thread.ts';

/** The work of a main thread up to and with one rendering. https://www.w3.org/TR/long-animation-frames/ */
export interface AnimationFrame extends Thread, Span {
  /** What the frame's tasks have over 50 ms, as Chrome counts it. Undefined where not recorded. */
  readonly blocking: Micro | undefined;
  /** Undefined where the frame rendered nothing. */
  readonly renderStart: TraceTime | undefined;
  readonly styleAndLayoutStart: TraceTime | undefined;
  /** When the first input that the frame handled was created. */
  readonly firstUiEvent: TraceTime | undefined;
  /** When it was shown. */
  readonly presented: TraceTime | undefined;
  /** Those of 5 ms or more: Chrome records no shorter ones. */
  readonly scripts: readonly FrameScript[];
}

/** One entry of JavaScript within an animation frame. */
export interface FrameScript extends Span {
  /** `EVENT_HANDLER`, `PROMISE_RESOLVE`, … Empty where not recorded. */
  readonly invokerType: string;
  /** What called it: `BUTTON`, `Window`, `Response`. */
  readonly classLikeName: string;
  /** By which name: `click`, `setTimeout`, `then`. */
  readonly propertyLikeName: string;
  readonly sourceUrl: string;
  readonly sourceFunctionName: string;
  /** Where the function stands in its source, in characters. -1 where unknown. */
  readonly sourceCharPosition: number;
  /** Style and layout that it forced. */
  readonly forcedStyle: Micro;
  readonly forcedLayout: Micro;
  /** Waited in a dialog or a synchronous request. */
  readonly pause: Micro;
}

interface Begin {
  readonly ts: TraceTime;
  /** Of a script. */
  readonly args: unknown;
  readonly id: string | undefined;
  readonly blocking: Micro | undefined;
}

interface ThreadEdges {
  readonly thread: Thread;
  readonly begins: Map<string, Begin[]>;
  readonly ends: Map<string, TraceTime[]>;
}

const FRAME = 'AnimationFrame';
const RENDER = `${FRAME}::Render`;
const STYLE_AND_LAYOUT = `${FRAME}::StyleAndLayout`;
const SCRIPT = `${FRAME}::Script::Execute`;
const FIRST_UI_EVENT = `${FRAME}::FirstUIEvent`;
const PRESENTATION = `${FRAME}::Presentation`;
const ID = argPath('id');
const BLOCKING = argPath('animation_frame_timing_info.blocking_duration_ms');
const BLOCKING_OF_2024 = argPath('data.blockingDuration');

/** Frames of all threads, in order of time. Chrome uses their ids again, so begins and ends are paired in turn. */
export function animationFrames(): Handler<readonly AnimationFrame[]> {
  const threads = new ThreadMap((pid, tid): ThreadEdges => ({
    thread: { pid, tid },
    begins: new Map(),
    ends: new Map(),
  }));
  /** By process and the frame's own id. */
  const presentations = new Map<string, TraceTime>();

  return {
    watches: [FRAME, RENDER, STYLE_AND_LAYOUT, SCRIPT, FIRST_UI_EVENT, PRESENTATION],
    handle(row, name) {
      const { phase, ts } = row;
      // The same names occur as flows, with phases `s` and `f`.
      if (phase === 'b' || (phase === 'n' && name === FIRST_UI_EVENT)) {
        const { begins } = threads.of(row.pid, row.tid);
        listUnder(begins, name).push({
          ts,
          args: name === SCRIPT ? row.args() : undefined,
          id: name === FRAME ? row.argText(ID) : undefined,
          blocking: name === FRAME ? blockingOf(row) : undefined,
        });
      } else if (phase === 'e') listUnder(threads.of(row.pid, row.tid).ends, name).push(ts);
      else if (phase === 'n') keepEarliest(presentations, frameKey(row.pid, row.argText(ID) ?? ''), ts);
    },
    finish: () =>
      [...threads.values()]
        .flatMap((edges) => framesOf(edges, presentations))
        .toSorted((a, b) => a.start - b.start || a.pid - b.pid || a.tid - b.tid),
  };
}

const frameKey = (pid: number, id: string): string => `${String(pid)}|${id}`;

function keepEarliest(times: Map<string, TraceTime>, key: string, time: TraceTime): void {
  if (time < (times.get(key) ?? Number.POSITIVE_INFINITY)) times.set(key, time);
}

function framesOf(
  { thread, begins, ends }: ThreadEdges,
  presentations: ReadonlyMap<string, TraceTime>,
): readonly AnimationFrame[] {
  const spans = (name: string): readonly (Span & Begin)[] =>
    pairedInTurn(begins.get(name) ?? [], ends.get(name) ?? []);
  const renders = spans(RENDER);
  const layouts = spans(STYLE_AND_LAYOUT);
  const scripts = spans(SCRIPT).map(scriptOf);
  const uiEvents = (begins.get(FIRST_UI_EVENT) ?? [])
    .map(({ ts }) => ({ start: ts, end: ts }))
    .toSorted((a, b) => a.start - b.start);
  return spans(FRAME).map(({ start, end, id, blocking }, index, frames) => ({
    ...thread,
    start,
    end,
    blocking,
    renderStart: inside(renders, start, end)[0]?.start,
    styleAndLayoutStart: inside(layouts, start, end)[0]?.start,
    // It is created before the frame begins, and says of no frame that it belongs to it: the first to end after it has it.
    firstUiEvent: inside(uiEvents, frames[index - 1]?.end ?? Number.NEGATIVE_INFINITY, end)[0]?.start,
    presented: id === undefined ? undefined : presentations.get(frameKey(thread.pid, id)),
    scripts: inside(scripts, start, end),
  }));
}

/** A frame's parts: those that start in it, of parts in order of time. A trace has tens of thousands of frames. */
function inside<Part extends Span>(parts: readonly Part[], start: number, end: number): readonly Part[] {
  const startOf = (index: number): number => parts[index]?.start ?? Number.POSITIVE_INFINITY;
  const from = lastWhere(parts.length, (index) => startOf(index) < start) + 1;
  let until = from;
  while (startOf(until) < end) until++;
  return parts.slice(from, until);
}

function blockingOf(row: Row): Micro | undefined {
  // Chrome of April 2024 wrote the second form.
  const ms = row.argNumber(BLOCKING) ?? row.argNumber(BLOCKING_OF_2024);
  return ms === undefined ? undefined : fromMs(ms);
}

function scriptOf({ start, end, args }: Span & Begin): FrameScript {
  const info = at(args, 'animation_frame_script_timing_info') ?? at(args, 'data');
  const text = (snake: string, camel: string): string => stringIn(info, snake) ?? stringIn(info, camel) ?? '';
  const ms = (snake: string, camel: string): Micro =>
    fromMs(numberIn(info, snake) ?? numberIn(info, camel) ?? 0);
  return {
    start,
    end,
    invokerType: text('invoker_type', 'invokerType'),
    classLikeName: text('class_like_name', 'classLikeName'),
    propertyLikeName: text('property_like_name', 'propertyLikeName'),
    sourceUrl: text('source_location_url', 'sourceLocationUrl'),
    sourceFunctionName: text('source_location_function_name', 'sourceLocationFunctionName'),
    sourceCharPosition: numberIn(info, 'source_location_char_position') ?? -1,
    forcedStyle: ms('style_duration_ms', 'styleDuration'),
    forcedLayout: ms('layout_duration_ms', 'layoutDuration'),
    pause: ms('pause_duration_ms', 'pauseDuration'),
  };
}
