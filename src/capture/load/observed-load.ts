import { type Measure, unavailable } from '../../base/measure.ts';
import type { PageInteraction, PageSight, PageVitals } from '../page/page-vitals.ts';

/** A load as its page saw it. */
export interface ObservedLoad {
  /** What watched in the page, with its version. */
  readonly library: string;
  /** Of the document that was open in the end. */
  readonly inpMs: Measure<'no-entry'>;
  readonly steps: readonly ObservedStep[];
}

export interface ObservedStep {
  readonly step: string;
  readonly repetition: number;
  readonly interactions: readonly PageInteraction[];
}

/** Asks the page after each step what is new. */
export class LoadObserver {
  readonly #vitals: PageVitals;
  readonly #steps: ObservedStep[] = [];
  readonly #known = new Set<number>();
  #last: PageSight = { inpMs: unavailable('no-entry'), interactions: [] };

  constructor(vitals: PageVitals) {
    this.#vitals = vitals;
  }

  /** What came since the step before is this one's. */
  async stepDone(step: string, repetition: number): Promise<void> {
    this.#last = await this.#vitals.look();
    const interactions = this.#last.interactions.filter(
      ({ interactionId }) => !this.#known.has(interactionId),
    );
    for (const { interactionId } of interactions) this.#known.add(interactionId);
    this.#steps.push({ step, repetition, interactions });
  }

  get load(): ObservedLoad {
    return { library: this.#vitals.library, inpMs: this.#last.inpMs, steps: this.#steps };
  }
}
