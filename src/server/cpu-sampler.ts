import { Session, type Profiler } from 'node:inspector';
import { type Frame, isOurs, pathOf } from './call-stack.ts';
import { lengthUs, type Span } from './clock.ts';

/** Often enough to name what blocks the loop for 20 ms; seldom enough to cost nothing that shows. */
const INTERVAL_US = 2_000;

/**
 * Samples what runs on the event loop. What blocked it can't be seen by the loop itself, as that comes to look only once the
 * block is over: V8's sampling profiler looks from a thread of its own.
 */
export class CpuSampler {
  readonly #session = new Session();
  #isOn = false;

  start(): void {
    try {
      this.#session.connect();
      this.#session.post('Profiler.enable');
      this.#session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
      this.#session.post('Profiler.start');
      this.#isOn = true;
    } catch {
      // Somebody else profiles this process: then blocks have no function.
      this.#isOn = false;
    }
  }

  stop(): void {
    if (this.#isOn) this.#session.disconnect();
    this.#isOn = false;
  }

  /** Throws away what was sampled, so that it does not grow. */
  forget(): void {
    this.#take();
  }

  /** The functions that ran for most of the time, innermost first. Empty where no sample fell into it. */
  during(span: Span): readonly Frame[] {
    const profile = this.#take();
    return profile === undefined ? [] : longestStack(profile, span);
  }

  #take(): Profiler.Profile | undefined {
    if (!this.#isOn) return undefined;
    let taken: Profiler.Profile | undefined;
    // Over the session of the same thread the answer is there when `post` returns.
    this.#session.post('Profiler.stop', (error, result) => {
      if (error === null) taken = result.profile;
    });
    this.#session.post('Profiler.start');
    return taken;
  }
}

/** Of all stacks that samples saw in that time, the one seen most. */
function longestStack(profile: Profiler.Profile, span: Span): readonly Frame[] {
  const counts = new Map<number, number>();
  let ts = profile.startTime;
  for (const [index, node] of (profile.samples ?? []).entries()) {
    ts += profile.timeDeltas?.[index] ?? 0;
    if (ts >= span.startUs && ts <= span.endUs) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (most === undefined || lengthUs(span) <= 0) return [];
  return framesTo(profile, most[0]);
}

function framesTo({ nodes }: Profiler.Profile, leaf: number): readonly Frame[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const frames: Frame[] = [];
  for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
    const call = byId.get(id)?.callFrame;
    if (call === undefined || call.url === '' || call.url.startsWith('node:')) continue;
    const { functionName, url, lineNumber, columnNumber } = call;
    const path = pathOf(url);
    if (!isOurs(path))
      frames.push({ functionName, url: path, line: lineNumber + 1, column: columnNumber + 1 });
  }
  return frames;
}
