import {
  type ChainSegment,
  type Interaction,
  isUnavailable,
  numberText,
  SEGMENT_WORDS,
  type Session,
  type StepResult,
  type TraceResult,
  waitedMs,
} from '../../src/index.ts';
import { term } from './terminal.ts';

/** So many interactions, and so many parts of each: the rest is in the JSON. */
const MOST_INTERACTIONS = 5;
const MOST_PARTS = 4;

const TITLE = 'Where the time until the result went';

type Kind = ChainSegment['kind'];
type Owner = 'main thread' | 'server' | 'network' | 'server or network' | 'nobody';

/** Whom each part waited for. */
const WAITED_FOR: Readonly<Record<Kind, Owner>> = {
  inputDelay: 'main thread',
  handler: 'main thread',
  scheduled: 'nobody',
  callback: 'main thread',
  redirect: 'server or network',
  queueing: 'network',
  connection: 'network',
  sending: 'network',
  network: 'network',
  serverQueue: 'server',
  serverQueueOrNetwork: 'server or network',
  serverWork: 'server',
  waiting: 'server or network',
  cache: 'nobody',
  download: 'network',
  mainThreadBusy: 'main thread',
  responseHandler: 'main thread',
  betweenRequests: 'main thread',
  rendering: 'main thread',
  presentation: 'nobody',
};

/** One line for each of the slowest interactions: where its time went, and whose event loop it waited for. */
export function chainText({ interactions, requests, serverClock }: TraceResult): readonly string[] {
  const slowest = interactions
    .filter(({ chain }) => chain.segments.length > 0)
    .toSorted((a, b) => waitedMs(b) - waitedMs(a))
    .slice(0, MOST_INTERACTIONS);
  if (slowest.length === 0) return [];
  const refused =
    isUnavailable(serverClock) || serverClock.how !== 'refused'
      ? []
      : [`The server's trace is not used: its clock is not the page's (${serverClock.reason ?? ''}).`];
  const estimated =
    isUnavailable(serverClock) || serverClock.how !== 'estimated' || isUnavailable(serverClock.errorMs)
      ? []
      : [
          `The server's clock is another machine's: its times are right to ±${numberText(serverClock.errorMs, 1)} ms.`,
        ];
  return [
    `${TITLE}:`,
    ...slowest.map((interaction) =>
      chainLine(interaction, requests, `${term(interaction.type)} #${String(interaction.interactionId)}`),
    ),
    ...refused,
    ...estimated,
  ];
}

const lengthOf = ({ chain }: Interaction): number => sumOf(chain.segments);

const sumOf = (segments: readonly ChainSegment[]): number =>
  segments.reduce((sum, { durationMs }) => sum + durationMs, 0);

/** Of each step and variant the load whose click took the middle of all: where its time went. */
export function stepChainsText({ scenario, variants, loads }: Session): readonly string[] {
  const counted = loads.filter(({ status, warmUp }) => status === 'valid' && !warmUp);
  const lines = scenario.steps.flatMap(({ name }) =>
    variants.flatMap((variant) => {
      const own = counted.filter((load) => load.variant === variant.name);
      const runs = own.flatMap(({ steps }) => steps.filter(({ step }) => step === name));
      const middle = middleOf(runs);
      const label = variants.length > 1 ? `${term(name)}, ${term(variant.name)}` : term(name);
      return middle === undefined ? [] : [chainLine(middle.interaction, middle.requests, label)];
    }),
  );
  return lines.length === 0 ? [] : [`${TITLE} (the load in the middle):`, ...lines];
}

interface ClickedStep {
  readonly interaction: Interaction;
  readonly requests: StepResult['requests'];
}

function middleOf(runs: readonly StepResult[]): ClickedStep | undefined {
  const clicked = runs.flatMap(({ interaction, requests }): readonly ClickedStep[] =>
    isUnavailable(interaction) || interaction.chain.segments.length === 0 ? [] : [{ interaction, requests }],
  );
  const sorted = clicked.toSorted((a, b) => lengthOf(a.interaction) - lengthOf(b.interaction));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function chainLine(interaction: Interaction, requests: TraceResult['requests'], label: string): string {
  const { chain } = interaction;
  const parts = [...Map.groupBy(chain.segments, ({ kind }) => kind)]
    .map(([kind, own]) => ({ kind, own, ms: sumOf(own) }))
    .toSorted((a, b) => b.ms - a.ms);
  const shown = parts.slice(0, MOST_PARTS).map(({ kind, own, ms }) => {
    const sure = own.every(({ evidence }) => evidence === 'proven') ? '' : '?';
    return `${SEGMENT_WORDS[kind].short} ${numberText(ms)}${sure}`;
  });
  const asked = requestsOf(chain.segments, requests);
  const where = asked.length === 0 ? '' : ` · ${asked.map(term).join(', ')}`;
  const end = chain.endsWith === 'next-paint' ? ' to the next paint' : '';
  return `  ${numberText(lengthOf(interaction)).padStart(5)} ms${end}, ${label}: ${shown.join(' + ')} → ${ownerOf(chain.segments)}${where}`;
}

/** Paths tell requests apart; where they go is mostly the same. */
function requestsOf(segments: readonly ChainSegment[], requests: TraceResult['requests']): readonly string[] {
  const indexes = [...new Set(segments.flatMap(({ request }) => request ?? []))];
  return indexes.flatMap((index) => {
    const request = requests[index];
    return request === undefined
      ? []
      : [`${request.method} ${request.url.replace(/^[a-z]+:\/\/[^/]*/i, '')}`];
  });
}

const OWNERS: Readonly<Record<Owner, string>> = {
  'main thread': "the browser's main thread",
  server: 'the server',
  network: 'the network',
  'server or network': 'the server or the network, which nothing tells apart',
  nobody: 'no event loop',
};

/** Whom most of the time was spent waiting for. Of the server, whether it was its loop or its work. */
function ownerOf(segments: readonly ChainSegment[]): string {
  const byOwner = [...Map.groupBy(segments, ({ kind }) => WAITED_FOR[kind])];
  const [most] = byOwner.toSorted((a, b) => sumOf(b[1]) - sumOf(a[1]));
  if (most === undefined) return OWNERS.nobody;
  const [owner, own] = most;
  if (owner !== 'server') return OWNERS[owner];
  const queue = sumOf(own.filter(({ kind }) => kind === 'serverQueue'));
  return queue * 2 > sumOf(own) ? "the server's event loop" : "the server's own work";
}
