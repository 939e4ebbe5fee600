/** For what takes a while to make, where something else may be asked for meanwhile. */
export interface LastAsked {
  /**
   * Hands over what was asked for once it is made, unless something else was asked for since. So it is with what went wrong.
   * @throws What went wrong, whether it is of interest still or not.
   */
  <T>(made: Promise<T>, use: (value: T) => void, fail: (error: unknown) => void): Promise<void>;
}

export function lastAsked(): LastAsked {
  let asked = 0;
  return async (made, use, fail) => {
    const own = ++asked;
    try {
      const value = await made;
      if (own === asked) use(value);
    } catch (error) {
      if (own === asked) fail(error);
      throw error;
    }
  };
}
