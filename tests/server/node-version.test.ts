import { afterEach, expect, test, vi } from 'vitest';
import { inpactServer } from '../../src/server/index.ts';

const versions = process.versions;

afterEach(() => {
  Object.defineProperty(process, 'versions', { value: versions });
  vi.restoreAllMocks();
});

const listener = (): void => undefined;

/** What is warned of where an agent is made on a Node, and whether it then watches. */
function on(
  node: string,
  enabled: boolean,
): { readonly warned: readonly unknown[]; readonly watches: boolean } {
  Object.defineProperty(process, 'versions', { value: { ...versions, node } });
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const agent = inpactServer({ enabled, sampleStacks: false });
  agent.stop();
  return { warned: warn.mock.calls.map(([text]) => text), watches: agent.wrap(listener) !== listener };
}

test.each(['20.20.2', '22.11.0', '18.0.0'])('on Node %s the agent says that it does nothing', (node) => {
  const { warned, watches } = on(node, true);
  expect(watches).toBe(false);
  expect(warned).toEqual([
    `inpact/server needs Node 22.12 or newer, and this is ${node}: it does not watch this server.`,
  ]);
});

test.each(['22.12.0', '24.1.0', '30.0.0'])('on Node %s it watches', (node) => {
  expect(on(node, true)).toEqual({ warned: [], watches: true });
});

test('what is switched off says nothing', () => {
  expect(on('20.20.2', false)).toEqual({ warned: [], watches: false });
});
