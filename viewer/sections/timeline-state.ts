import { interactionSpan } from '../../src/result/interaction-wait.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { findSpans, type FoundSpans, type SpanPlace } from '../layout/find-spans.ts';
import { type FlameFilter, labelStyles, SHOW_ALL } from '../layout/flame-styles.ts';
import type { Selection } from '../layout/selection.ts';
import { beside, callerOf, firstInside, spanTime } from '../layout/span-card.ts';
import type { TimeSpan } from '../layout/time-span.ts';
import type { FlamePalette } from '../marks/flame-palette.ts';
import type { FlameState } from './flame-track-view.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What the reader of a timeline has picked, searched for and filtered. */
export class TimelineState implements FlameState {
  selection: Selection | undefined;
  filter: FlameFilter = SHOW_ALL;
  styles: Uint8Array;
  /** Which of what was found is looked at. -1 before the first. */
  current = -1;
  found: FoundSpans;
  readonly #trace: TraceResult;
  readonly #tracks: Tracks;
  readonly #makePalette: () => FlamePalette;
  #palette: FlamePalette | undefined;

  constructor(trace: TraceResult, tracks: Tracks, makePalette: () => FlamePalette) {
    this.#trace = trace;
    this.#tracks = tracks;
    this.#makePalette = makePalette;
    this.styles = labelStyles(tracks.labels, this.#pageUrl, SHOW_ALL);
    this.found = findSpans(tracks, '');
  }

  get palette(): FlamePalette {
    this.#palette ??= this.#makePalette();
    return this.#palette;
  }

  /** Light has become dark, or the other way round. */
  forgetPalette(): void {
    this.#palette = undefined;
  }

  readonly selectedOf = (thread: number): number | undefined =>
    this.selection?.kind === 'span' && this.selection.thread === thread ? this.selection.span : undefined;

  get foundLabels(): Uint8Array {
    return this.found.labels;
  }

  setFilter(filter: FlameFilter): void {
    this.filter = filter;
    this.styles = labelStyles(this.#tracks.labels, this.#pageUrl, filter);
  }

  search(text: string): void {
    this.found = findSpans(this.#tracks, text);
    this.current = -1;
  }

  /** The next thing that was found, or the one before: after the last comes the first. */
  step(by: 1 | -1): SpanPlace | undefined {
    const { length } = this.found;
    if (length === 0) return undefined;
    this.current = (this.current + by + length) % length;
    return this.found.at(this.current);
  }

  get interaction(): Interaction | undefined {
    return this.selection?.kind === 'interaction'
      ? this.#trace.interactions[this.selection.index]
      : undefined;
  }

  /** Where the selection lies. */
  get span(): TimeSpan | undefined {
    const { selection } = this;
    if (selection?.kind === 'range') return selection.range;
    if (selection?.kind === 'bar') return selection.bar;
    if (selection?.kind === 'span') return spanTime(this.#tracks, selection);
    const { interaction } = this;
    return interaction && interactionSpan(interaction);
  }

  nextInteraction(by: 1 | -1): Selection | undefined {
    const { length } = this.#trace.interactions;
    if (length === 0) return undefined;
    // Before the first, so that the next is the first and the one before is the last.
    const none = by === 1 ? -1 : 0;
    const current = this.selection?.kind === 'interaction' ? this.selection.index : none;
    return { kind: 'interaction', index: (current + by + length) % length };
  }

  /** The span beside the selected one, around it or in it: the page's first where none is selected. */
  neighbour(direction: Direction): Selection | undefined {
    const { selection } = this;
    const place =
      selection?.kind === 'span' ? this.#neighbourOf(selection, direction) : { thread: 0, span: 0 };
    return place === undefined || this.#tracks.threads.length === 0 ? undefined : { kind: 'span', ...place };
  }

  #neighbourOf(from: SpanPlace, direction: Direction): SpanPlace | undefined {
    if (direction === 'up') return callerOf(this.#tracks, from);
    if (direction === 'down') return firstInside(this.#tracks, from);
    return beside(this.#tracks, from, direction === 'right' ? 1 : -1);
  }

  get #pageUrl(): string {
    return this.#trace.inpPerNavigation.at(-1)?.url ?? this.#trace.requests[0]?.url ?? '';
  }
}
