/** How many loads count where nobody says otherwise. */
export const RUNS = { record: 5, demo: 6, calibrate: 20 } as const;
