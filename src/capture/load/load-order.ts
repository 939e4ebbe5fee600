import type { Deadlines } from '../deadlines.ts';
import type { PageEnvironment } from '../environment/page-environment.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RewriteTrace } from './trace-recorder.ts';

/** A person does the only step. */
export interface ByHand {
  /** Called when the page is there, and recorded. */
  readonly onBegin: () => void;
  /** Aborted when they have finished; closing the page says so too. */
  readonly finished: AbortSignal;
}

/** One load, as it is to be recorded. */
export interface LoadOrder {
  readonly scenario: Scenario;
  readonly variant: string;
  readonly url: string;
  /** Runs in each of the page's documents before its own scripts. */
  readonly injected?: string;
  /** How often to run each step, one after the other. */
  readonly repetitions: number;
  readonly environment: PageEnvironment;
  /** Where the page may lead beside its own origin. */
  readonly allowedOrigins: readonly string[];
  readonly deadlines: Deadlines;
  /** Where to write the gzipped trace. Nothing is traced, if absent. */
  readonly tracePath?: string;
  readonly byHand?: ByHand;
  /** Whether somebody in the page watches as well. */
  readonly observed?: boolean;
  readonly rewriteTrace?: RewriteTrace | undefined;
  readonly onBufferUsage: (usage: number) => void;
}
