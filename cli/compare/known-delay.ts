/**
 * A script that holds the main thread for so long in the handlers of every click and key press: a regression that is known, and must be
 * found. It takes the clock before the page's scripts can change it.
 */
export const knownDelay = (milliseconds: number): string => `{
  const clock = performance;
  const now = clock.now.bind(clock);
  const hold = () => {
    const until = now() + ${String(milliseconds)};
    while (now() < until);
  };
  for (const type of ['click', 'keydown']) addEventListener(type, hold, { capture: true });
}`;
