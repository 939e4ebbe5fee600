import type { Load, StepResult } from '../../result/load.ts';
import type { Variant } from '../../result/session.ts';
import type { TraceResult } from '../../result/trace-result.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import type { Deadlines } from '../deadlines.ts';
import type { PageEnvironment } from '../environment/page-environment.ts';
import type { HostCheck } from '../load/integrity.ts';
import type { ByHand, LoadOrder } from '../load/load-order.ts';
import type { RewriteTrace } from '../load/trace-recorder.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ServerTraceSource } from '../server/server-trace-source.ts';
import type { PlannedLoad } from './plan.ts';

export interface SessionOrder {
  readonly scenario: Scenario;
  readonly variants: readonly Variant[];
  readonly plan: readonly PlannedLoad[];
  /** How often each step runs within a load. */
  readonly repetitions: number;
  /** For a variant: what runs in each of its documents before the page's own scripts. */
  readonly injected?: ReadonlyMap<string, string>;
  /** Where the traces go. It exists. */
  readonly folder: string;
  readonly environment: PageEnvironment;
  readonly hostCheck: HostCheck;
  /** Where the page may lead beside its own origin. */
  readonly allowedOrigins: readonly string[];
  readonly deadlines: Deadlines;
  /** What becomes of the traces on their way to the disk. */
  readonly rewriteTrace?: RewriteTrace;
  /** Starts a browser: called once, and again after one has died or hung. */
  readonly launch: () => Promise<OpenBrowser>;
  /** The trace that the server keeps of itself. */
  readonly server?: ServerTraceSource;
  readonly analyze: AnalyzeLoad;
  /** For a load that a person does. */
  readonly byHand?: ByHand;
  readonly onProgress: (progress: Progress) => void;
  /** Stops after the step that is running. */
  readonly signal: AbortSignal;
}

/** Reads what was recorded. An argument, because recording does not depend on the analysis. */
export type AnalyzeLoad = (recorded: {
  readonly traceFile: string;
  readonly serverTraceFile: string | null;
  readonly steps: readonly string[];
}) => Promise<{ readonly trace: TraceResult; readonly steps: readonly StepResult[] }>;

export type Progress =
  | {
      readonly kind: 'load-started';
      readonly load: PlannedLoad;
      readonly index: number;
      readonly total: number;
    }
  | { readonly kind: 'buffer'; readonly usage: number }
  | { readonly kind: 'load-done'; readonly load: Load; readonly index: number; readonly total: number };

/** What loads of a variant have in common. */
export const loadOrderOf = (
  {
    scenario,
    injected,
    environment,
    allowedOrigins,
    deadlines,
  }: Pick<SessionOrder, 'scenario' | 'injected' | 'environment' | 'allowedOrigins' | 'deadlines'>,
  { name, url }: Variant,
): Pick<
  LoadOrder,
  'scenario' | 'variant' | 'url' | 'injected' | 'environment' | 'allowedOrigins' | 'deadlines'
> => {
  const script = injected?.get(name);
  return {
    scenario,
    variant: name,
    url,
    ...(script === undefined ? {} : { injected: script }),
    environment,
    allowedOrigins,
    deadlines,
  };
};
