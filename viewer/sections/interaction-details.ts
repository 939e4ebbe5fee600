import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import { interactionSpan } from '../../src/result/interaction-wait.ts';
import type { RenderingKind } from '../../src/result/pipeline-result.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { invokerName } from '../../src/result/words/invoker-name.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { figure, ms, reason } from '../layout/format.ts';
import { interactionName } from '../layout/interaction-name.ts';
import { ownFindings } from '../layout/own-findings.ts';
import { ownScripts } from '../layout/own-scripts.ts';
import { threadIndex } from '../layout/own-threads.ts';
import { windowTimes } from '../layout/self-times.ts';
import { placeOf } from '../layout/span-card.ts';
import { spanOf, type TimeSpan } from '../layout/time-span.ts';
import { html } from '../marks/element.ts';
import { chainWaterfall } from './chain-waterfall.ts';
import { findingCards, findingSpan } from './finding-cards.ts';
import { plainTable } from './plain-table.ts';
import { ratingBadge } from './rating-badge.ts';
import { timeTables } from './time-tables.ts';

export interface DetailsContext {
  readonly trace: TraceResult;
  readonly tracks: Tracks;
  readonly zoomTo: (span: TimeSpan) => void;
}

/** Everything that is known of one interaction. */
export function interactionDetails(
  interaction: Interaction,
  context: DetailsContext,
): readonly HTMLElement[] {
  const { trace, zoomTo } = context;
  const own = ownFindings(trace.findings, interaction);
  return [
    figures(interaction),
    chainWaterfall(interaction, (segment) => zoomTo(spanOf(segment))),
    ...(own.length === 0
      ? []
      : [html('h4', {}, 'What made it wait'), findingCards(own, (finding) => zoomTo(findingSpan(finding)))]),
    html('h4', {}, 'What the main thread did'),
    phaseTimes(interaction, context),
    ...[scripts(interaction, trace), cost(interaction), reflows(interaction, trace)].filter(
      (part) => part !== undefined,
    ),
  ];
}

export const interactionTitle = (interaction: Interaction): string =>
  `${interactionName(interaction)}: ${ms(interaction.durationMs)}`;

function figures(interaction: Interaction): HTMLElement {
  const { durationMs, inputDelayMs, processingDurationMs, presentationDelayMs, icpMs, startMs } = interaction;
  const list = html('dl', { class: 'key-figures' });
  const add = (name: string, ...value: readonly (string | Node)[]): void =>
    list.append(html('div', {}, html('dt', {}, name), html('dd', {}, ...value)));
  add('To the next paint (INP)', ms(durationMs), ratingBadge(durationMs));
  add('Input delay', ms(inputDelayMs));
  add('Processing', ms(processingDurationMs));
  add('Presentation delay', ms(presentationDelayMs));
  add('To the result (ICP)', isUnavailable(icpMs) ? `— ${reason(icpMs)}` : ms(icpMs));
  add('Began at', ms(startMs));
  return list;
}

/** The parts of an interaction whose work can be looked at. */
function phasesOf(interaction: Interaction): readonly (readonly [name: string, span: TimeSpan])[] {
  const { startMs, inputDelayMs, processingDurationMs, durationMs, icpMs } = interaction;
  const handling = startMs + inputDelayMs;
  const handled = handling + processingDurationMs;
  const end = startMs + durationMs;
  return [
    ...(isUnavailable(icpMs) ? [] : [['Input to result', interactionSpan(interaction)] as const]),
    ['Input to next paint', { startMs, endMs: end }],
    ['Input delay', { startMs, endMs: handling }],
    ['Processing', { startMs: handling, endMs: handled }],
    ['Presentation delay', { startMs: handled, endMs: end }],
  ];
}

function phaseTimes(interaction: Interaction, { tracks }: DetailsContext): HTMLElement {
  const thread = tracks.threads[threadIndex(tracks, interaction) ?? -1];
  if (thread === undefined)
    return html('p', { class: 'empty-note' }, 'Nothing was recorded of the thread that handled it.');
  const phases = phasesOf(interaction);
  const picker = html(
    'select',
    {},
    ...phases.map(([name, { startMs, endMs }], index) =>
      html('option', { value: index }, `${name}, ${ms(endMs - startMs)}`),
    ),
  );
  const body = html('div');
  const fill = (): void => {
    const phase = phases[Number(picker.value)];
    if (phase !== undefined)
      body.replaceChildren(timeTables(windowTimes(thread.spans, phase[1]), tracks.labels));
  };
  picker.addEventListener('change', fill);
  fill();
  return html('div', {}, html('label', { class: 'phase-picker' }, 'Part ', picker), body);
}

function scripts(interaction: Interaction, trace: TraceResult): HTMLElement | undefined {
  const rows = ownScripts(interaction, trace).map((script) => [
    ms(script.durationMs),
    invokerName(script),
    script.functionName,
    isUnavailable(script.charPosition) ? script.url : `${script.url} @ ${String(script.charPosition)}`,
    script.forcedStyleMs + script.forcedLayoutMs === 0
      ? ''
      : ms(script.forcedStyleMs + script.forcedLayoutMs),
  ]);
  return plainTable('Scripts', ['Ran', 'Called by', 'Function', 'Source', 'Forced style and layout'], rows);
}

const RENDERING: readonly (readonly [kind: RenderingKind, words: string])[] = [
  ['style', 'style'],
  ['layout', 'layout'],
  ['prePaint', 'preparing to paint'],
  ['paint', 'painting'],
  ['composite', 'handing on to the compositor'],
];

function cost({ pipeline }: Interaction): HTMLElement | undefined {
  const { work } = pipeline;
  if (isUnavailable(work)) return undefined;
  const { timesMs, layoutCount, forcedReflowCount, forcedReflowMs, domModifications } = work;
  return plainTable(
    'What showing the result cost',
    ['What', 'How much'],
    [
      ...RENDERING.map(([kind, words]) => [words, ms(timesMs[kind])]),
      ['layouts, how many', figure(layoutCount)],
      ['forced reflows', `${figure(forcedReflowCount)}, ${ms(forcedReflowMs)} in all`],
      [
        'changes to the document',
        isUnavailable(domModifications) ? `— ${reason(domModifications)}` : figure(domModifications),
      ],
    ],
  );
}

function reflows(
  { startMs, durationMs }: Interaction,
  { forcedReflows }: TraceResult,
): HTMLElement | undefined {
  return plainTable(
    'Forced reflows',
    ['Kind', 'At', 'Took', 'Asked for by', 'Made stale by'],
    forcedReflows.worst
      .filter((reflow) => reflow.startMs >= startMs && reflow.startMs <= startMs + durationMs)
      .map((reflow) => [
        reflow.kind,
        ms(reflow.startMs),
        ms(reflow.durationMs),
        lineText(reflow),
        isUnavailable(reflow.dirtiedBy) ? reason(reflow.dirtiedBy) : lineText(reflow.dirtiedBy),
      ]),
  );
}

const lineText = ({
  url,
  line,
  functionName,
}: {
  readonly url: string;
  readonly line: Measure;
  readonly functionName: string;
}): string =>
  [functionName, placeOf(url, isUnavailable(line) ? 0 : line)].filter((part) => part !== '').join(' ') ||
  'not recorded';
