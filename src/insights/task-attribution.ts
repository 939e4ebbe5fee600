import { lastWhere } from '../base/last-where.ts';
import type { TraceTime } from '../base/units.ts';
import type { Modification } from '../timeline/rendering/contentful-paints.ts';
import type { Facts } from '../timeline/facts.ts';
import type { FetchRun } from '../timeline/callbacks/fetch-runs.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Request } from '../timeline/network/requests.ts';
import { type Moment, threadKey } from '../timeline/threads/thread.ts';
import type { RunsOf } from './script-runs.ts';

type Given = Pick<Facts, 'interactions' | 'contentfulPaints' | 'fetchRuns'>;

/** A stretch of a thread's time. */
interface Stretch extends Moment {
  readonly end: TraceTime;
}

/**
 * Whose work code does, as Chrome itself says: it carries an interaction through promises, timers and requests to the
 * changes that its work makes to the document, and writes these.
 */
export class TaskAttribution {
  /** By thread, in order of time. */
  readonly #modifications: ReadonlyMap<string, readonly Modification[]>;
  readonly #interactions: ReadonlyMap<string, Interaction>;
  readonly #answers: ReadonlyMap<Request, readonly FetchRun[]>;
  readonly #runsOf: RunsOf;

  constructor(facts: Given, runsOf: RunsOf) {
    this.#runsOf = runsOf;
    this.#modifications = Map.groupBy(facts.contentfulPaints.modifications, threadKey);
    this.#interactions = new Map(
      facts.interactions.flatMap((interaction) =>
        interaction.eventStarts.map((input) => [inputKey(interaction.pid, input), interaction] as const),
      ),
    );
    this.#answers = Map.groupBy(facts.fetchRuns, ({ request }) => request);
  }

  /** The only interaction for which the code that runs then changes the document. */
  ownerAt(moment: Moment): Interaction | undefined {
    const run = this.#runsOf(moment).scripts.at(moment.ts);
    if (run === undefined) return undefined;
    const owners = this.#ownersIn({ ...moment, ts: run.start, end: run.end });
    const [owner] = owners;
    return owners.size === 1 ? owner : undefined;
  }

  /** Whether code that ran then changed the document for an interaction. */
  changedIn(stretch: Stretch, interaction: Interaction): boolean {
    return this.#ownersIn(stretch).has(interaction);
  }

  /** Whether the code that waited for a request's answer did. */
  answerChanged(request: Request, interaction: Interaction): boolean {
    return (this.#answers.get(request) ?? []).some((run) => this.changedIn(run, interaction));
  }

  /** An undefined one is an interaction that is not in the trace, or not the page's. */
  #ownersIn(stretch: Stretch): ReadonlySet<Interaction | undefined> {
    const own = this.#modifications.get(threadKey(stretch)) ?? [];
    const owners = new Set<Interaction | undefined>();
    const before = lastWhere(own.length, (index) => (own[index]?.ts ?? Infinity) < stretch.ts);
    for (let index = before + 1; (own[index]?.ts ?? Infinity) <= stretch.end; index++) {
      const { pid, inputStart } = own[index] ?? { pid: Number.NaN, inputStart: Number.NaN };
      owners.add(this.#interactions.get(inputKey(pid, inputStart)));
    }
    return owners;
  }
}

const inputKey = (pid: number, input: number): string => `${String(pid)}|${String(input)}`;
