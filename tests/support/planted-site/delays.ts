/** What is planted, in milliseconds. */
export const DELAYS: readonly number[] = [50, 150, 400];
export const CONNECTION_DELAYS: readonly number[] = [0, ...DELAYS];
