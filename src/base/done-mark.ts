/** What a page may mark (`performance.mark`) once the result of whatever was done last is there. */
export const DONE_MARK = 'inpact:done';

/** The same for one step of a scenario. */
export const doneMark = (step: string): string => `inpact:${step}:done`;
