/** What a worker is to do. */
export interface WorkOrder {
  readonly campaign: number;
  /** The worker does every `stride`th case from `first` on, until it is told to stop. */
  readonly first: number;
  readonly stride: number;
  readonly until: number;
  /** Shared: the case that is running, how many are done, and whether to stop. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

/** Places in the shared numbers. */
export const RUNNING = 0;
export const DONE = 1;
export const TRACES = 2;
export const STOP = 3;

/** What stands at `RUNNING` until the first case. */
export const NOT_STARTED = -1;

/** A case that broke a promise. Its input can be had again from the numbers alone. */
export interface Failure {
  readonly campaign: number;
  readonly case: number;
  readonly what: string;
}
