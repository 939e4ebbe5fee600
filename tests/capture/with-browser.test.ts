import { expect, test, vi } from 'vitest';
import { withBrowser } from '../../src/capture/browser/with-browser.ts';

const INTERRUPTED = new Error('interrupted');

test('the browser has ended, once, when the work is done', async () => {
  const end = vi.fn(() => Promise.resolve());
  const order = { launch: () => Promise.resolve({ end }), signal: new AbortController().signal };
  await expect(withBrowser(order, () => Promise.resolve('done'))).resolves.toBe('done');
  expect(end).toHaveBeenCalledOnce();
});

test('it has ended when the work fails', async () => {
  const end = vi.fn(() => Promise.resolve());
  const order = { launch: () => Promise.resolve({ end }), signal: new AbortController().signal };
  await expect(withBrowser(order, () => Promise.reject(INTERRUPTED))).rejects.toBe(INTERRUPTED);
  expect(end).toHaveBeenCalledOnce();
});

test.each(['while it starts', 'while the work is done'] as const)(
  'an interruption %s ends it, once',
  async (when) => {
    const end = vi.fn(() => Promise.resolve());
    const interruption = new AbortController();
    const interruptAt = (moment: typeof when): void => {
      if (moment === when) interruption.abort(INTERRUPTED);
    };
    const launch = (): Promise<{ end: typeof end }> => {
      interruptAt('while it starts');
      return Promise.resolve({ end });
    };
    const work = vi.fn(() => Promise.resolve(interruptAt('while the work is done')));
    await expect(withBrowser({ launch, signal: interruption.signal }, work)).rejects.toBe(INTERRUPTED);
    expect(work).toHaveBeenCalledTimes(when === 'while it starts' ? 0 : 1);
    expect(end).toHaveBeenCalledOnce();
  },
);
