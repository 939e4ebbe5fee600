import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';
import { sameThread, type Thread, threadKey } from './thread.ts';

/** Which thread is called what. */
export interface Threads {
  /** Main threads of renderers, in the order in which the trace names them. */
  readonly rendererMains: readonly Thread[];
  /** The main thread of each process that has a page's. */
  readonly mains: MainThreads;
}

/** By process. */
export type MainThreads = ReadonlyMap<number, Thread>;

/** Whether a thread may be its process's main one: it is not another that is called so. Trimmed traces lack the names. */
export function mayBeMain(mains: MainThreads, thread: Thread): boolean {
  const main = mains.get(thread.pid);
  return main === undefined || sameThread(main, thread);
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
      const inTurn = [...rendererMains, ...called('CrBrowserMain')];
      const firstWins = inTurn.toReversed().map((thread) => [thread.pid, thread] as const);
      return { rendererMains, mains: new Map(firstWins) };
    },
  };
}
