/** Calls back when it has returned, or thrown, or what it promised has come. */
export function endingWith<Value>(run: () => Value, end: () => void): Value {
  let value: Value;
  try {
    value = run();
  } catch (error) {
    end();
    throw error;
  }
  if (value instanceof Promise) void value.then(end, end);
  else end();
  return value;
}

/** What it throws, or promises and breaks, stays unhandled as it was. */
export function followingErrors<Value>(
  run: () => Value,
  tell: (error: unknown) => void,
): Value | Promise<unknown> {
  const tellAndThrow = (error: unknown): never => {
    tell(error);
    throw error;
  };
  try {
    const value = run();
    return value instanceof Promise ? value.catch(tellAndThrow) : value;
  } catch (error) {
    return tellAndThrow(error);
  }
}
