import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CDPSession } from 'puppeteer-core';
import * as v from 'valibot';
import { type Measure, unavailable } from '../../base/measure.ts';
import { answered } from '../answered.ts';
import { isolatedWorld } from './isolated-world.ts';

/** What a page's own performance timeline says of one interaction, in milliseconds. */
export interface PageInteraction {
  readonly interactionId: number;
  /** From the input to the paint after it, rounded to 8 ms. Of less than 16 ms Chrome tells pages nothing. */
  readonly durationMs: Measure<'no-entry'>;
  /** From the input to the last paint that Chrome attributes to it. */
  readonly icpMs: Measure<'no-entry'>;
}

/** What a page has seen so far. */
export interface PageSight {
  /** INP as web-vitals reports it, of the document that is open. */
  readonly inpMs: Measure<'no-entry'>;
  readonly interactions: readonly PageInteraction[];
}

const WORLD = 'inpact-vitals';

/**
 * Google's web-vitals in the page, and the entries that it is made from. In a world of its own, before the page's scripts: the
 * page's Content-Security-Policy does not hold there, and what the page has done to its clocks and observers does not reach it.
 */
export class PageVitals {
  readonly #session: CDPSession;
  readonly #callMs: number;
  /** For people: the library with its version. */
  readonly library: string;

  private constructor(session: CDPSession, callMs: number, library: string) {
    this.#session = session;
    this.#callMs = callMs;
    this.library = library;
  }

  /** Watches all documents that the page is going to open. */
  static async watch(session: CDPSession, callMs: number): Promise<PageVitals> {
    const { source, version } = await webVitals();
    const script = { source: `${source};\n${WATCH}`, worldName: WORLD };
    await answered(session.send('Page.addScriptToEvaluateOnNewDocument', script), callMs);
    return new PageVitals(session, callMs, `web-vitals ${version}`);
  }

  /** What the document that is open has seen: of those before it Chrome keeps nothing. */
  async look(): Promise<PageSight> {
    const contextId = await answered(isolatedWorld(this.#session, WORLD), this.#callMs);
    const asked = this.#session.send('Runtime.evaluate', {
      expression: LOOK,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    const { result } = await answered(asked, this.#callMs);
    return sightOf(v.parse(seen, result.value));
  }
}

async function webVitals(): Promise<{ readonly source: string; readonly version: string }> {
  const path = createRequire(import.meta.url).resolve('web-vitals');
  const about: unknown = JSON.parse(await readFile(new URL('../package.json', pathToFileURL(path)), 'utf8'));
  return {
    source: await readFile(path, 'utf8'),
    version: v.parse(v.object({ version: v.string() }), about).version,
  };
}

/** What the page keeps of its entries until it is asked. A Chrome that knows no such entry gives none. */
const WATCH = `globalThis.inpactSeen = (() => {
  const seen = { inp: null, events: [], paints: [] };
  webVitals.onINP(({ value }) => { seen.inp = value; }, { reportAllChanges: true, durationThreshold: 16 });
  const late = ['event', 'first-input', 'interaction-contentful-paint']
    .filter((type) => PerformanceObserver.supportedEntryTypes.includes(type))
    .map((type) => {
      const kept = type === 'interaction-contentful-paint' ? seen.paints : seen.events;
      const keep = (entries) => {
        for (const { interactionId, duration } of entries) if (interactionId) kept.push([interactionId, duration]);
      };
      const observer = new PerformanceObserver((list) => keep(list.getEntries()));
      observer.observe({ type, buffered: true, durationThreshold: 16 });
      return () => keep(observer.takeRecords());
    });
  return () => {
    for (const take of late) take();
    return seen;
  };
})()`;

/** Once the page is idle: so long web-vitals leaves what it has been told alone. */
const LOOK = `new Promise((resolve) => {
  const idle = (next) => requestIdleCallback(next, { timeout: 1000 });
  idle(() => idle(() => resolve(globalThis.inpactSeen?.() ?? { inp: null, events: [], paints: [] })));
})`;

const timed = v.array(v.tuple([v.number(), v.number()]));
const seen = v.object({ inp: v.nullable(v.number()), events: timed, paints: timed });

function sightOf({ inp, events, paints }: v.InferOutput<typeof seen>): PageSight {
  // An interaction has several events: it takes as long as the longest of them.
  const durations = new Map<number, number>();
  for (const [id, duration] of events) durations.set(id, Math.max(durations.get(id) ?? 0, duration));
  const lastPaints = new Map(paints);
  return {
    inpMs: inp ?? unavailable('no-entry'),
    interactions: [...new Set([...durations.keys(), ...lastPaints.keys()])].map((interactionId) => ({
      interactionId,
      durationMs: durations.get(interactionId) ?? unavailable('no-entry'),
      icpMs: lastPaints.get(interactionId) ?? unavailable('no-entry'),
    })),
  };
}
