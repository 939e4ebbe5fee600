/** The exit code of a set-up that failed: nothing was measured. CI must tell it from 1, over budget. */
const SET_UP_FAILED = 4;

/** The exit code of a command line that cannot be understood. */
export const BAD_USAGE = 2;

/** The set-up cannot go on: what is wrong, and what to do about it. */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {{hint?: string, code?: number, interrupted?: boolean}} [details]
   */
  constructor(message, { hint, code = SET_UP_FAILED, interrupted = false } = {}) {
    super(message);
    this.name = 'SetUpError';
    this.hint = hint;
    this.code = code;
    this.interrupted = interrupted;
  }
}
