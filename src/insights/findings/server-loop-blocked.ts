import type { LoopBlocked, ServerRequest } from '../../timeline/server/server-trace.ts';
import { weakest } from '../evidence.ts';
import { isStarved, lacksProcessor } from '../loop-blocked.ts';
import {
  CLEAR,
  type Examined,
  found,
  type Insight,
  NOWHERE,
  type Outcome,
  type Subject,
  together,
  unknown,
} from './finding.ts';
import { loopBlocks, processorShare } from './loop-blocks.ts';
import { NOTABLE } from './thresholds.ts';
import { endOf, onServer, serverCode, type ServerWait, sumOf, unseen, type Wait, waits } from './waits.ts';
import { ms } from './words.ts';

export const serverLoopBlocked: Insight = {
  id: 'server-loop-blocked',
  title: "The server's event loop was blocked during the request",
  advice:
    'Move what holds the loop to a worker, a thread or an asynchronous call, so that other requests are served meanwhile.',
  examine: (subject, given) =>
    together(waits(subject.chain).map((wait) => blockedDuring(wait, subject, given))),
};

function blockedDuring(wait: Wait, subject: Subject, given: Examined): Outcome {
  const seen = onServer(wait, given);
  return seen === undefined ? toldByResponse(wait, subject, given) : toldByTrace(seen, subject);
}

function toldByTrace(wait: ServerWait, { interaction }: Subject): Outcome {
  const blocks = loopBlocks(wait, (block) => !isStarved(block));
  if (blocks === undefined) return isUnexplained(wait) ? unknown('queue-or-network') : CLEAR;
  const { request, start, end, match, evidence } = wait;
  const { explains, worst } = blocks;
  return found([
    {
      insight: 'server-loop-blocked',
      interaction,
      start,
      end,
      explains,
      evidence,
      sentence: `While the request waited the server's event loop stood still for ${ms(explains)}, longest for ${whatOf(worst)}${whoseOf(worst, match.request)}${shareOf(worst)}.`,
      where: {
        ...NOWHERE,
        code: serverCode(worst.stack),
        requests: [request],
        sql: worst.kind === 'database' ? worst.by : undefined,
        serverName: NAMELESS.has(worst.kind) ? match.request.route : worst.by,
      },
    },
  ]);
}

/** What is said of the holder of these has another place, or is not there. */
const NAMELESS: ReadonlySet<string> = new Set(['database', 'unknown']);

function whatOf({ kind }: LoopBlocked): string {
  if (kind === 'database') return 'a database query';
  if (kind === 'javascript') return 'JavaScript';
  return kind === 'python' ? 'Python code' : 'something that the server does not name';
}

/** Nothing, where the server does not say: the request itself may have held the loop, or anything else. */
function whoseOf({ request }: LoopBlocked, { id }: ServerRequest): string {
  if (request === '' || id === '') return '';
  return request === id ? ' of this very request' : ' of something else than this request';
}

/** Code that is seen and has no processor waits, for a file, a lock, a database. What nobody saw is known by its work only. */
function shareOf({ kind, cpu, duration }: LoopBlocked): string {
  if (cpu === undefined) return '';
  if (kind === 'unknown') return `, though it had the processor for ${processorShare(cpu, duration)}`;
  return lacksProcessor(cpu, duration)
    ? `, which waited rather than worked: it had the processor for ${processorShare(cpu, duration)}`
    : '';
}

/** Without the server's trace: what its `Server-Timing` says of its loop, or nothing. */
function toldByResponse(
  { request, segments, evidence }: Wait,
  { interaction }: Subject,
  given: Examined,
): Outcome {
  const queue = segments.filter(({ kind }) => kind === 'serverQueue');
  const explains = sumOf(queue);
  const [first] = queue;
  const last = queue.at(-1);
  if (first !== undefined && last !== undefined && explains >= NOTABLE) {
    return found([
      {
        insight: 'server-loop-blocked',
        interaction,
        start: first.start,
        end: endOf(last),
        explains,
        evidence: weakest(evidence, 'inferred'),
        sentence: `The response says that the server's event loop had been blocked for up to ${ms(explains)} when it came to the request.`,
        where: { ...NOWHERE, requests: [request] },
      },
    ]);
  }
  if (isUnexplained({ segments })) return unknown('queue-or-network');
  const untold = segments.filter(({ kind }) => kind === 'waiting');
  return sumOf(untold) < NOTABLE ? CLEAR : unseen(given, request);
}

/** The server may have no loop, or not say whether the request waited for it. */
const isUnexplained = ({ segments }: Pick<Wait, 'segments'>): boolean =>
  sumOf(segments.filter(({ kind }) => kind === 'serverQueueOrNetwork')) >= NOTABLE;
