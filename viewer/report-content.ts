import { isUnavailable } from '../src/base/measure.ts';
import type { Load, StepResult } from '../src/result/load.ts';
import { answeredStep } from '../src/result/words/answer.ts';
import type { ComparedDocument } from '../src/result/compared-document.ts';
import type { Comparison } from '../src/result/comparison.ts';
import type { Session } from '../src/result/session.ts';
import type { TraceDocument } from '../src/result/trace-document.ts';
import type { TraceResult } from '../src/result/trace-result.ts';
import { unpackTracks } from '../src/tracks/pack-tracks.ts';
import type { Tracks } from '../src/tracks/tracks.ts';
import type { NamedInteraction } from './layout/named-interaction.ts';
import { runName } from './layout/run-label.ts';

/** One trace of which the page has all that there is to draw. */
export interface DrawnLoad {
  /** The load's id, or the trace's file name. */
  readonly id: string;
  /** What to call it. */
  readonly name: string;
  /** Empty where there are none. */
  readonly variant: string;
  readonly trace: TraceResult;
  readonly steps: readonly StepResult[];
  /** The interaction to look at first. The slowest, where undefined. */
  readonly opensOn: NamedInteraction | undefined;
  /** Unpacked when it is first asked for. */
  readonly tracks: () => Promise<Tracks>;
}

/** What a page shows: a session with the whole of some of its loads, or one trace. */
export type ReportContent =
  | {
      readonly kind: 'session';
      readonly session: Session;
      /** What was concluded from it, where it was recorded to compare. */
      readonly comparison: Comparison | undefined;
      readonly drawn: readonly DrawnLoad[];
    }
  | { readonly kind: 'trace'; readonly trace: TraceResult; readonly drawn: readonly [DrawnLoad] };

/** Unpacks what `reportHtml` put into the page: JSON or columns, gzip, base64. */
export async function readContent(page: Document): Promise<ReportContent | undefined> {
  const packed = page.querySelector('#session')?.textContent.trim() ?? '';
  if (packed === '') return undefined;
  const content: Session | TraceDocument | ComparedDocument = JSON.parse(
    new TextDecoder().decode(await unpacked(packed)),
  );
  if (content.schemaVersion !== 1) {
    throw new Error(
      `This page reads reports of version 1, and this one is of version ${String(content.schemaVersion)}.`,
    );
  }
  const islands = [...page.querySelectorAll('script[data-tracks]')];
  const tracksOf = (island: Element): DrawnLoad['tracks'] => {
    let made: Promise<Tracks> | undefined;
    return () => (made ??= unpacked(island.textContent.trim()).then(unpackTracks));
  };
  if (content.kind === 'trace') {
    const { trace } = content;
    const [island] = islands;
    if (island === undefined) throw new Error('The timeline is missing.');
    return { kind: 'trace', trace, drawn: [loneTrace(trace, tracksOf(island))] };
  }
  const session = content.kind === 'compared' ? content.session : content;
  const comparison = content.kind === 'compared' ? content.comparison : undefined;
  const answered = answeredStep(session);
  const drawn = islands.flatMap((island): readonly DrawnLoad[] => {
    const load = session.loads.find(({ id }) => id === island.getAttribute('data-tracks'));
    if (load?.trace === null || load === undefined) return [];
    const name = `${load.variant}, ${runName(session.loads, load)}`;
    return [
      {
        id: load.id,
        name,
        variant: load.variant,
        trace: load.trace,
        steps: load.steps,
        opensOn: interactionOf(load, answered),
        tracks: tracksOf(island),
      },
    ];
  });
  return { kind: 'session', session, comparison, drawn };
}

/** A trace by itself, of no session. */
export const loneTrace = (trace: TraceResult, tracks: DrawnLoad['tracks']): DrawnLoad => ({
  id: trace.file,
  name: trace.file,
  variant: '',
  trace,
  steps: [],
  opensOn: undefined,
  tracks,
});

/** Of the step that the answer speaks of: what proves it. */
function interactionOf({ steps }: Load, answered: string | undefined): NamedInteraction | undefined {
  const result = steps.find(({ step }) => step === answered);
  return result === undefined || isUnavailable(result.interaction) ? undefined : result.interaction;
}

async function unpacked(base64: string): Promise<Uint8Array> {
  const text = atob(base64);
  const packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) packed[at] = text.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
