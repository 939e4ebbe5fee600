/** Why a figure could not be had. Never shown as 0. */
export interface Unavailable<Reason extends string = string> {
  readonly unavailable: Reason;
}

/** A figure, or the reason why there is none. Missing data is an answer, not an exception. */
export type Measure<Reason extends string = string> = number | Unavailable<Reason>;

export const unavailable = <Reason extends string>(reason: Reason): Unavailable<Reason> => ({
  unavailable: reason,
});

export const isUnavailable = (value: unknown): value is Unavailable =>
  typeof value === 'object' && value !== null && 'unavailable' in value;
