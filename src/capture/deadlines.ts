/** How long anything may take, in milliseconds. Nothing waits without one of these. */
export interface Deadlines {
  /** Until the page's `load` event. */
  readonly navigationMs: number;
  /** A step with all that it waits for. */
  readonly stepMs: number;
  /** Until an element is there, visible and at rest. */
  readonly elementMs: number;
  /** After which a step's page is asked whether it still answers. Before, nothing disturbs what is measured. */
  readonly probeAfterMs: number;
  /** Until it must have answered. */
  readonly answerMs: number;
  /** Any other call to the browser. */
  readonly callMs: number;
  readonly closeMs: number;
  /** Until Chrome has gathered a trace. */
  readonly traceMs: number;
}

export const DEADLINES: Deadlines = {
  navigationMs: 30_000,
  stepMs: 30_000,
  elementMs: 10_000,
  probeAfterMs: 5_000,
  answerMs: 8_000,
  callMs: 15_000,
  closeMs: 10_000,
  traceMs: 60_000,
};
