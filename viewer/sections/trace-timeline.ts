import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { copyText } from '../interactions/copy-text.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { oncePerFrame } from '../interactions/once-per-frame.ts';
import { hearPrinting } from '../interactions/printing.ts';
import { savePicture } from '../interactions/save-picture.ts';
import { type SharedZoom, sharedZoom } from '../interactions/shared-zoom.ts';
import { timelineKeys } from '../interactions/timeline-keys.ts';
import { hitUnder, timelinePointer } from '../interactions/timeline-pointer.ts';
import type { DeepLink } from '../layout/deep-link.ts';
import { interactionIndex } from '../layout/named-interaction.ts';
import { threadIndex } from '../layout/own-threads.ts';
import { slowestInteraction, withAir } from '../layout/opening-view.ts';
import type { Selection } from '../layout/selection.ts';
import { isWellInSight, type TimeSpan } from '../layout/time-span.ts';
import { drawAxis, type Group } from '../marks/draw-axis.ts';
import { html, svg } from '../marks/element.ts';
import { flamePaletteOf } from '../marks/flame-palette.ts';
import type { DrawnLoad } from '../report-content.ts';
import { barLists } from './bar-lists.ts';
import { type ChainArrows, chainArrows } from './chain-arrows.ts';
import { type DetailsPane, detailsPane } from './details-pane.ts';
import { type OverviewView, overviewView } from './overview-view.ts';
import type { PreparedTracks } from './prepared-tracks.ts';
import { selectionDetails } from './selection-details.ts';
import { TimelineState } from './timeline-state.ts';
import { type TimelineTools, timelineTools } from './timeline-tools.ts';
import { type TimelineTracks, timelineTracks } from './timeline-tracks.ts';
import type { TrackPlace } from './track-view.ts';

const AXIS_PX = 24;

const PLOT_LABEL =
  'Timeline of the whole trace. Left and right move, up and down zoom. Full stop and comma go through the interactions, Shift with an arrow key through what a thread did, F fits what is selected, slash searches. What is selected is described below, and what the tracks show stands there as tables.';
const HINT =
  'Drag to move · Ctrl or a click first, then the wheel zooms · W A S D · double click zooms to what is under the pointer · Shift and drag sums up a range · . and , next and previous interaction · / search';
const TOUCH_HINT =
  'One finger moves to the left and right, two zoom · a tap selects · a double tap zooms to what is under the finger';

export interface TimelineOutlets {
  readonly card: HoverCard;
  /** Is told what is shown, for the address. */
  readonly onMove: (link: DeepLink) => void;
}

/** The whole of one trace, to be looked at: tracks on one time line, and what is known of what is selected. */
export class TraceTimeline {
  readonly nodes: readonly HTMLElement[];
  readonly #load: DrawnLoad;
  readonly #tracks: Tracks;
  readonly #onMove: (link: DeepLink) => void;
  readonly #state: TimelineState;
  readonly #views: TimelineTracks;
  readonly #overview: OverviewView;
  readonly #zoom: SharedZoom;
  readonly #tools: TimelineTools;
  readonly #details: DetailsPane = detailsPane();
  readonly #arrows: ChainArrows;
  readonly #band = html('div', { class: 'selection-band', hidden: true });
  readonly #spoken = html('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  readonly #axisDrawing = svg('svg', { class: 'timeline-axis', height: AXIS_PX, 'aria-hidden': 'true' });
  readonly #axis: Group;
  readonly #plot: HTMLElement;
  readonly #draw: (shown: TimeSpan) => void;
  readonly #isPrinting: () => boolean = hearPrinting(() => this.#drawNow(this.#zoom.shown()));
  /** How wide the page was when all of it was drawn. */
  #drawnPx = 0;

  constructor(
    load: DrawnLoad,
    { tracks, rowsOf, overview }: PreparedTracks,
    { card, onMove }: TimelineOutlets,
  ) {
    this.#load = load;
    this.#tracks = tracks;
    this.#arrows = chainArrows(tracks);
    this.#onMove = onMove;
    this.#draw = oncePerFrame((shown) => this.#drawNow(shown));
    this.#state = new TimelineState(load.trace, tracks, () => flamePaletteOf(this.#plot));
    this.#views = timelineTracks(load, {
      tracks,
      rowsOf,
      state: () => this.#state,
      onResize: () => this.#redraw(),
    });
    this.#overview = overviewView({ trace: load.trace, tracks, bins: overview }, (span) =>
      this.#zoom.show(span),
    );
    this.#axis = select(this.#axisDrawing)
      .append('g')
      .attr('class', 'axis')
      .attr('transform', `translate(0,${String(AXIS_PX)})`);
    const { nodes } = this.#views;
    this.#plot = html(
      'div',
      { class: 'plot timeline-plot', tabindex: 0, role: 'group', 'aria-label': PLOT_LABEL },
      this.#band,
      ...nodes,
      this.#arrows.node,
    );
    this.#zoom = this.#makeZoom();
    this.#tools = this.#makeTools();
    this.#listen(card);
    this.nodes = [
      ...this.#tools.nodes,
      html('div', { class: 'timeline-head' }, this.#overview.node, this.#axisDrawing),
      this.#plot,
      html('p', { class: 'timeline-hint by-keys' }, HINT),
      html('p', { class: 'timeline-hint by-touch' }, TOUCH_HINT),
      this.#spoken,
      ...barLists(this.#views.bars, (selection) => this.#pick(selection, true)),
      this.#details.node,
    ];
  }

  /** Goes to a place, as a link or a finding names it: to what is to be looked at first where it names none. */
  goTo({ interaction = this.#load.opensOn, shown }: DeepLink): void {
    const { trace } = this.#load;
    const index =
      interaction === undefined
        ? slowestInteraction(trace)
        : interactionIndex(trace.interactions, interaction);
    const isKnown = index !== undefined;
    this.#pick(isKnown ? { kind: 'interaction', index } : undefined);
    if (shown !== undefined) this.#zoom.show(shown);
    else if (isKnown) this.#fit();
    else this.#zoom.reset();
  }

  /** Draws all of it anew, in other colours or another width. */
  refresh(): void {
    this.#drawnPx = this.#plot.clientWidth;
    this.#state.forgetPalette();
    this.#overview.redraw(this.#state.palette);
    this.#zoom.refresh();
  }

  /** A track that was unfolded makes the plot higher, and leaves what has been drawn as it is. */
  #hearSize(): void {
    if (this.#plot.clientWidth === this.#drawnPx) this.#redraw();
    else this.refresh();
  }

  #redraw(): void {
    this.#draw(this.#zoom.shown());
  }

  #drawNow(shown: TimeSpan): void {
    const widthPx = Math.max(1, this.#plot.clientWidth);
    // All is measured before anything is drawn: to ask in between would lay the page out anew for every track.
    const views = this.#views.unfolded().map((view) => ({ view, place: view.body.getBoundingClientRect() }));
    const plotTop = this.#plot.getBoundingClientRect().top;
    const x = scaleLinear([shown.startMs, shown.endMs], [0, widthPx]);
    drawAxis(this.#axis, x, 0);
    this.#overview.show(shown);
    const screenPx = this.#isPrinting() ? Number.POSITIVE_INFINITY : document.documentElement.clientHeight;
    for (const { view, place } of views) view.draw({ ...shown, widthPx }, placeOn(screenPx, place));
    this.#drawBand(x);
    const tops = new Map(views.map(({ view, place }) => [view.id, place.top - plotTop]));
    this.#arrows.draw(this.#state.interaction, { x, tops });
  }

  #drawBand(x: (ms: number) => number): void {
    const { selection, span } = this.#state;
    const isMarked = span !== undefined && selection?.kind !== 'span';
    this.#band.hidden = !isMarked;
    if (!isMarked) return;
    this.#band.style.left = `${String(x(span.startMs))}px`;
    this.#band.style.width = `${String(Math.max(1, x(span.endMs) - x(span.startMs)))}px`;
  }

  #makeZoom(): SharedZoom {
    const whole: TimeSpan = { startMs: 0, endMs: Math.max(1, this.#tracks.spanMs) };
    const limits = { startMs: -0.02 * whole.endMs, endMs: 1.02 * whole.endMs };
    const onDoubleClick = (event: MouseEvent): void => {
      const hit = hitUnder(this.#views.all, event);
      if (hit === undefined) this.#zoom.reset();
      else this.#zoomTo(hit.span);
    };
    const zoom = sharedZoom({ initial: whole, limits, onDoubleClick }, (shown) => {
      this.#draw(shown);
      this.#tellMove(shown);
    });
    zoom.attach(this.#plot);
    return zoom;
  }

  #tellMove(shown: TimeSpan): void {
    const { interaction } = this.#state;
    this.#onMove({ load: this.#load.id, shown, ...(interaction === undefined ? {} : { interaction }) });
  }

  #zoomTo(span: TimeSpan): void {
    this.#zoom.show(withAir(span));
  }

  #fit(): void {
    const { span } = this.#state;
    if (span !== undefined) this.#zoomTo(span);
  }

  /** @param isMoved Whether the view goes there where it is not in sight. */
  #pick(selection: Selection | undefined, isMoved = false): void {
    this.#state.selection = selection;
    const details =
      selection &&
      selectionDetails(selection, {
        trace: this.#load.trace,
        tracks: this.#tracks,
        zoomTo: (span) => {
          this.#zoomTo(span);
          this.#plot.scrollIntoView({ block: 'start' });
        },
      });
    this.#details.show(details);
    if (details !== undefined) this.#say(`Selected: ${details.title}`);
    const { interaction, span } = this.#state;
    if (interaction !== undefined) this.#views.unfold(threadIndex(this.#tracks, interaction) ?? -1);
    if (isMoved && span !== undefined && !isWellInSight(span, this.#zoom.shown())) this.#zoomTo(span);
    this.#redraw();
    this.#tellMove(this.#zoom.shown());
  }

  #say(words: string): void {
    this.#spoken.textContent = words;
  }

  #makeTools(): TimelineTools {
    return timelineTools({
      search: (text) => this.#search(text),
      step: (by) => this.#step(by, true),
      fit: () => this.#fit(),
      reset: () => this.#zoom.reset(),
      zoom: (factor) => this.#zoom.scale(factor),
      filter: (filter) => {
        this.#state.setFilter(filter);
        this.#redraw();
      },
      copyText: () => void this.#copy(this.#details.text(), 'Copied'),
      copyLink: () => void this.#copy(location.href, 'Link copied'),
      save: (kind) => savePicture(kind, { plot: this.#plot, axis: this.#axisDrawing, name: this.#load.id }),
    });
  }

  async #copy(text: string, done: string): Promise<void> {
    this.#say((await copyText(text)) ? done : 'The browser does not let this page copy');
  }

  #search(text: string): void {
    this.#state.search(text);
    const { length } = this.#state.found;
    this.#tools.showFound(-1, length);
    if (length === 0) this.#redraw();
    // While one types, the box that one types into stays where it is.
    else this.#step(1, false);
  }

  #step(by: 1 | -1, scrolls: boolean): void {
    const place = this.#state.step(by);
    if (place === undefined) return;
    this.#tools.showFound(this.#state.current, this.#state.found.length);
    this.#views.reveal(place, scrolls);
    this.#pick({ kind: 'span', ...place }, true);
  }

  #listen(card: HoverCard): void {
    const move = (selection: Selection | undefined): void => {
      if (selection !== undefined) this.#pick(selection, true);
    };
    timelinePointer(this.#plot, this.#views.all, card, {
      pick: (selection) => this.#pick(selection),
      timeAt: (px) => {
        const { startMs, endMs } = this.#zoom.shown();
        return startMs + (px / Math.max(1, this.#plot.clientWidth)) * (endMs - startMs);
      },
    });
    timelineKeys(this.#plot, {
      fit: () => this.#fit(),
      search: () => this.#tools.focusSearch(),
      clear: () => this.#pick(undefined),
      interaction: (by) => move(this.#state.nextInteraction(by)),
      neighbour: (direction) => move(this.#state.neighbour(direction)),
    });
    new ResizeObserver(() => this.#hearSize()).observe(this.#plot);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh());
    document.addEventListener('scroll', () => this.#redraw(), { passive: true });
  }
}

/** On paper all tracks begin on the page. */
const placeOn = (screenPx: number, { top, height }: DOMRect): TrackPlace => ({
  top: screenPx === Number.POSITIVE_INFINITY ? 0 : top,
  height,
  screenPx,
});
