import { type DeepLink, linkText, parseLink } from '../layout/deep-link.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { lastAsked } from '../interactions/last-asked.ts';
import { nextTurn } from '../interactions/next-turn.ts';
import { html } from '../marks/element.ts';
import type { DrawnLoad } from '../report-content.ts';
import { preparedTracks } from './prepared-tracks.ts';
import { section } from './section.ts';
import { TraceTimeline } from './trace-timeline.ts';

export interface WholeTimeline {
  /** Its section, which fills as soon as the timeline is unpacked. */
  readonly show: () => HTMLElement;
  /** Shows a place on the timeline of a load, and brings it into sight. */
  readonly goTo: (link: DeepLink) => void;
}

/** How long after the last move the address is changed: browsers forbid to do it a hundred times a second. */
const SETTLED_MS = 250;

/** The whole of a trace on a time line, with a choice of traces where there are several. */
export function wholeTimeline(drawn: readonly DrawnLoad[], card: HoverCard): WholeTimeline | undefined {
  const [first] = drawn;
  if (first === undefined) return undefined;
  const made = new Map<string, Promise<TraceTimeline>>();
  const panel = html(
    'div',
    { class: 'whole-timeline', 'aria-busy': true },
    html('p', { class: 'empty' }, 'Unpacking the timeline …'),
  );
  let shown: DrawnLoad | undefined;
  let settled: ReturnType<typeof setTimeout> | undefined;
  const remember = (link: DeepLink): void => {
    clearTimeout(settled);
    settled = setTimeout(() => history.replaceState(null, '', linkText(link)), SETTLED_MS);
  };
  const timelineFor = async (load: DrawnLoad): Promise<TraceTimeline> => {
    const prepared = await preparedTracks(load.trace, await load.tracks());
    const timeline = new TraceTimeline(load, prepared, { card, onMove: remember });
    await nextTurn();
    return timeline;
  };
  const timelineOf = (load: DrawnLoad): Promise<TraceTimeline> => {
    const known = made.get(load.id) ?? timelineFor(load);
    made.set(load.id, known);
    return known;
  };
  const put = (load: DrawnLoad, nodes: readonly HTMLElement[]): void => {
    shown = load;
    panel.replaceChildren(...nodes);
    panel.removeAttribute('aria-busy');
  };
  const ask = lastAsked();
  const show = (link: DeepLink): Promise<void> => {
    const load = drawn.find(({ id }) => id === link.load) ?? shown ?? first;
    return ask(
      timelineOf(load),
      (timeline) => {
        picker.value = load.id;
        if (shown !== load) {
          put(load, timeline.nodes);
          timeline.refresh();
        }
        timeline.goTo(link);
      },
      (error) => put(load, [cannotBeShown(error)]),
    );
  };
  /** Whoever was sent a link to a place is to see that place, not the top of the page. */
  const open = async (link: DeepLink): Promise<void> => {
    await show(link);
    if (leadsToPlace(link)) node.scrollIntoView({ block: 'start' });
  };
  const picker = html('select', {}, ...drawn.map(({ id, name }) => html('option', { value: id }, name)));
  picker.addEventListener('change', () => void show({ load: picker.value }));
  const choice = drawn.length < 2 ? undefined : html('label', { class: 'load-picker' }, 'Load ', picker);
  const node = section({ id: 'timeline', title: 'Timeline', lede: LEDE }, choice, panel);
  window.addEventListener('hashchange', () => {
    const link = parseLink(location.hash);
    if (leadsToPlace(link)) void show(link);
  });
  return {
    show() {
      void open(parseLink(location.hash));
      return node;
    },
    goTo(link) {
      void show(link);
      node.scrollIntoView({ block: 'start' });
    },
  };
}

/** Browsers have poor words for it: Chrome's for what cannot be unpacked are “Failed to fetch”. */
const cannotBeShown = (error: unknown): HTMLElement =>
  html(
    'p',
    { class: 'empty', role: 'alert' },
    `The timeline cannot be shown: it is damaged, or takes more memory than this page may have. (${error instanceof Error ? error.message : String(error)})`,
  );

const leadsToPlace = ({ interaction, shown }: DeepLink): boolean =>
  interaction !== undefined || shown !== undefined;

const LEDE =
  'Everything that the browser’s threads, the network and the server did, on one clock. It opens on what the answer above speaks of.';
