import { mainThreadIn } from '../layout/own-threads.ts';
import type { Selection } from '../layout/selection.ts';
import { windowTimes } from '../layout/self-times.ts';
import { callerOf, CATEGORY_NAMES, spanCard, spanTime } from '../layout/span-card.ts';
import type { Card } from '../layout/cards.ts';
import type { SpanPlace } from '../layout/find-spans.ts';
import { ms, plural } from '../layout/format.ts';
import { lengthOf, overlap, spanOf, type TimeSpan } from '../layout/time-span.ts';
import { html } from '../marks/element.ts';
import { type DetailsContext, interactionDetails, interactionTitle } from './interaction-details.ts';
import { plainTable } from './plain-table.ts';
import { threadTitle } from './flame-track-view.ts';
import { timeTables } from './time-tables.ts';

export interface Details {
  readonly title: string;
  readonly parts: readonly HTMLElement[];
}

/** What is known of what the reader picked. */
export function selectionDetails(selection: Selection, context: DetailsContext): Details | undefined {
  switch (selection.kind) {
    case 'interaction': {
      const interaction = context.trace.interactions[selection.index];
      return (
        interaction && {
          title: interactionTitle(interaction),
          parts: interactionDetails(interaction, context),
        }
      );
    }
    case 'span':
      return spanDetails(selection, context);
    case 'bar':
      return { title: selection.bar.text, parts: cardParts(selection.bar.card) };
    case 'range':
      return rangeDetails(selection.range, context);
  }
}

function cardParts({ title, facts, note }: Card): readonly HTMLElement[] {
  const list = html('dl', { class: 'facts' }, html('dt', {}, 'What'), html('dd', {}, title));
  for (const [name, value] of facts) list.append(html('dt', {}, name), html('dd', {}, value));
  return note === undefined ? [list] : [list, html('p', { class: 'card-note' }, note)];
}

function spanDetails(place: SpanPlace, { tracks }: DetailsContext): Details | undefined {
  const thread = tracks.threads[place.thread];
  if (thread === undefined) return undefined;
  const card = spanCard(tracks, place);
  const window = spanTime(tracks, place);
  const callers: string[] = [];
  for (let at = callerOf(tracks, place); at !== undefined; at = callerOf(tracks, at)) {
    callers.push(tracks.labels[thread.spans.label[at.span] ?? -1]?.name ?? '');
  }
  const facts: Card = {
    ...card,
    facts: [
      ...card.facts,
      ['Thread', threadTitle(thread)],
      ...(callers.length === 0 ? [] : [['Called by', callers.join(' ← ')] as const]),
    ],
  };
  return {
    title: `${card.title}: ${ms(lengthOf(window))}`,
    parts: [...cardParts(facts), timeTables(windowTimes(thread.spans, window), tracks.labels)],
  };
}

/** Sums over a stretch of time: by category on the main thread, and which interactions and requests lie in it. */
function rangeDetails(range: TimeSpan, { tracks, trace }: DetailsContext): Details {
  const page = mainThreadIn(trace, tracks, range);
  const interactions = trace.interactions.filter((interaction) => overlap(spanOf(interaction), range));
  const requests = trace.requests.filter(({ startMs }) => startMs >= range.startMs && startMs < range.endMs);
  const sentence = `${plural(interactions.length, 'interaction')} and ${plural(requests.length, 'request')} in ${ms(lengthOf(range))}.`;
  if (page === undefined) return { title: `Range: ${ms(lengthOf(range))}`, parts: [html('p', {}, sentence)] };
  const times = windowTimes(page.spans, range);
  const sums = new Map<string, number>();
  for (const { label, selfMs } of times.bottomUp) {
    const name = CATEGORY_NAMES[tracks.labels[label]?.category ?? 'other'];
    sums.set(name, (sums.get(name) ?? 0) + selfMs);
  }
  const rows = [...sums].toSorted((a, b) => b[1] - a[1]).map(([name, sum]) => [name, ms(sum)]);
  const table = plainTable(
    'Main thread, by category',
    ['Category', 'Time'],
    [...rows, ['Idle', ms(Math.max(0, lengthOf(range) - times.busyMs))]],
  );
  return {
    title: `Range: ${ms(lengthOf(range))}`,
    parts: [
      html('p', {}, sentence),
      ...(table === undefined ? [] : [table]),
      timeTables(times, tracks.labels),
    ],
  };
}
