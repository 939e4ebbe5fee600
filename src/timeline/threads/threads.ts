import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

export interface Thread {
  readonly pid: number;
  readonly tid: number;
}

/** Which thread is called what. A thread number alone says nothing: every renderer may use the same. */
export interface Threads {
  /** Main threads of renderers, in the order in which the trace names them. */
  readonly rendererMains: readonly Thread[];
  mainOf(pid: number): Thread | undefined;
}

export const sameThread = (a: Thread, b: Thread): boolean => a.pid === b.pid && a.tid === b.tid;

export function threads(): Handler<Threads> {
  const names = new Map<string, { readonly thread: Thread; readonly name: string }>();
  return {
    watches: ['thread_name'],
    handle(row) {
      const name = stringIn(row.args(), 'name');
      const { pid, tid } = row;
      if (name !== undefined) names.set(`${String(pid)}:${String(tid)}`, { thread: { pid, tid }, name });
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
