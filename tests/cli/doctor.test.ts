import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { fakeIo } from '../support/fake-io.ts';

test('doctor names what is ill, what to do about it, and what else it has looked at', async () => {
  const io = fakeIo();
  // A program that can be run, but is no browser.
  expect(await run(['doctor', '--chrome-path', process.execPath], io)).toBe(4);
  expect(io.out()).toMatch(/^✗ Browser: Chrome did not start/);
  expect(io.out()).toContain('--chrome-path');
  for (const what of ['Disk', 'Processors', 'Timers', 'Clock']) {
    expect(io.out()).toMatch(new RegExp(`^[✓✗] ${what}: \\S`, 'm'));
  }
  expect(io.err()).toMatch(/cannot be trusted: Browser/);
});
