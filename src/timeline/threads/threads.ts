import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';
import { type Thread, threadKey } from './thread.ts';

/** Which thread is called what. */
export interface Threads {
  /** Main threads of renderers, in the order in which the trace names them. */
  readonly rendererMains: readonly Thread[];
  mainOf(pid: number): Thread | undefined;
}

export function threads(): Handler<Threads> {
  const names = new Map<string, { readonly thread: Thread; readonly name: string }>();
  return {
    watches: ['thread_name'],
    handle(row) {
      const name = stringIn(row.args(), 'name');
      const { pid, tid } = row;
      if (name !== undefined) names.set(threadKey(row), { thread: { pid, tid }, name });
    },
    finish() {
      const named = [...names.values()];
      const called = (wanted: string): readonly Thread[] =>
        named.filter(({ name }) => name === wanted).map(({ thread }) => thread);
      const rendererMains = called('CrRendererMain');
      // With --single-process the renderer runs in the browser's process.
      const mains = [...rendererMains, ...called('CrBrowserMain')];
      return { rendererMains, mainOf: (pid) => mains.find((thread) => thread.pid === pid) };
    },
  };
}
