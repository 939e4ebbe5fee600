import { toMs, micro } from '../base/units.ts';
import { forcingLine } from '../insights/forcing-line.ts';
import { isStarved } from '../insights/loop-blocked.ts';
import { redactText } from '../redact/redact-text.ts';
import { redactUrl } from '../redact/redact-url.ts';
import { shortName } from '../result/describe/short-name.ts';
import type { CpuProfiles } from '../timeline/cpu/cpu-profile.ts';
import type { EverySpan, SpansOfThread } from '../timeline/threads/every-span.ts';
import type { Facts } from '../timeline/facts.ts';
import type { ForcedReflow } from '../timeline/rendering/forced-reflow.ts';
import type { ServerFrame, ServerTrace } from '../timeline/server/server-trace.ts';
import type { SourcePosition } from '../timeline/source-position.ts';
import { threadKey, sameThread } from '../timeline/threads/thread.ts';
import { byFrequency } from './by-frequency.ts';
import { type Authored, LabelTable } from './label-table.ts';
import { threadSpans } from './thread-spans.ts';
import type { ForcedReflowMark, ServerMark, ServerTrack, ThreadRole, ThreadTrack, Tracks } from './tracks.ts';

export interface BesideTrace {
  /** What the server kept of itself, on the trace's clock. */
  readonly server?: ServerTrace | undefined;
  /** The author's files, lines and names, where there are source maps. */
  readonly authored?: Authored | undefined;
}

/**
 * A whole trace as it is drawn.
 * @param facts Gathered with every span.
 */
export function buildTracks(
  facts: Facts,
  everySpan: EverySpan,
  { server, authored }: BesideTrace = {},
): Tracks {
  const labels = new LabelTable(authored);
  const since = (time: number): number => toMs(micro(time - facts.start));
  const threads = everySpan.threads
    .map((events) => threadTrack(events, everySpan.names, facts, labels))
    .filter(({ spans }) => spans.startMs.length > 0)
    .toSorted(byImportance);
  const processes = new Set(facts.mainFrame?.threads.map(({ pid }) => pid));
  return {
    spanMs: toMs(facts.span),
    ...byFrequency(labels.labels, threads),
    userTimings: everySpan.userTimings
      .filter(({ pid }) => processes.size === 0 || processes.has(pid))
      .map(({ name, start, end }) => ({
        name: shortName(redactText(name)),
        startMs: since(start),
        durationMs: toMs(micro(end - start)),
      })),
    animationFrames: facts.animationFrames
      .filter(({ pid }) => processes.size === 0 || processes.has(pid))
      .map(({ start, end, renderStart, presented }) => ({
        startMs: since(start),
        durationMs: toMs(micro(end - start)),
        renderStartMs: renderStart === undefined ? null : since(renderStart),
        presentedMs: presented === undefined ? null : since(presented),
      })),
    forcedReflows: facts.forcedReflows.map((reflow) => reflowMark(reflow, facts.cpuProfiles, since)),
    server: server === undefined ? null : serverTrack(server, since),
    leftOut: null,
  };
}

type Since = (time: number) => number;

function threadTrack(
  events: SpansOfThread,
  names: readonly string[],
  facts: Facts,
  labels: LabelTable,
): ThreadTrack {
  const { pid, tid, name, processName } = events;
  const profile = facts.cpuProfiles.get(threadKey(events));
  return {
    pid,
    tid,
    name: shortName(name),
    processName: shortName(processName),
    role: roleOf(events, facts),
    spans: threadSpans({ events, names, profile, origin: facts.start }, labels),
  };
}

function roleOf(thread: SpansOfThread, { mainFrame }: Facts): ThreadRole {
  if (mainFrame?.threads.some((page) => sameThread(page, thread)) === true) return 'page';
  if (thread.name === 'CrRendererMain') return 'main';
  if (/worker thread$/i.test(thread.name)) return 'worker';
  return thread.name === 'Compositor' ? 'compositor' : 'other';
}

const ROLES: readonly ThreadRole[] = ['page', 'main', 'worker', 'compositor', 'other'];

function byImportance(a: ThreadTrack, b: ThreadTrack): number {
  const byRole = ROLES.indexOf(a.role) - ROLES.indexOf(b.role);
  return byRole || b.spans.startMs.length - a.spans.startMs.length || a.pid - b.pid || a.tid - b.tid;
}

function reflowMark(reflow: ForcedReflow, profiles: CpuProfiles, since: Since): ForcedReflowMark {
  const { kind, start, duration, pid, tid } = reflow;
  const line = forcingLine(reflow, profiles);
  return {
    kind,
    startMs: since(start),
    durationMs: toMs(duration),
    pid,
    tid,
    by: line === undefined ? '' : placeText(line.position),
  };
}

function placeText({
  functionName,
  url,
  line,
}: Pick<SourcePosition, 'functionName' | 'url' | 'line'>): string {
  const place = url === '' ? '' : `${redactUrl(url)}${line === undefined ? '' : `:${String(line)}`}`;
  return [shortName(functionName), place].filter((part) => part !== '').join(' ');
}

function serverTrack(
  { requests, blocks, queries, executorWaits, spans }: ServerTrace,
  since: Since,
): ServerTrack {
  const mark = (
    { start, duration }: { readonly start: number; readonly duration: number },
    name: string,
    detail = '',
    onLoop = false,
  ): ServerMark => ({
    name: shortName(name),
    detail: shortName(detail),
    startMs: since(start),
    durationMs: toMs(micro(duration)),
    onLoop,
  });
  return {
    requests: requests.map(({ start, end, method, path, route }) =>
      mark({ start, duration: end - start }, `${method} ${redactText(path || route)}`),
    ),
    blocks: blocks.map((block) =>
      mark(block, block.by, isStarved(block) ? 'starved' : block.kind || topOf(block.stack)),
    ),
    queries: queries.map((query) => mark(query, query.sql, topOf(query.stack), query.onLoop)),
    waits: executorWaits.map((wait) => mark(wait, wait.name, 'waited for a thread')),
    spans: spans.map((span) => mark(span, span.name, span.kind)),
  };
}

const topOf = ([top]: readonly ServerFrame[]): string => (top === undefined ? '' : placeText(top));
