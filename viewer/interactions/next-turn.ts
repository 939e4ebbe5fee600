/** Lets the browser draw and hear the user before what comes next. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    // A timer of nested ones waits for 4 ms, a message for nothing.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
