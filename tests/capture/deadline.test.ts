import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeadlineExceeded, withDeadline } from '../../src/capture/deadline.ts';
import type { Step } from '../../src/capture/scenario/scenario.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);

test('work that ends in time gives its result', async () => {
  await expect(withDeadline(Promise.resolve(5), 1000, 'It')).resolves.toBe(5);
});

test('work that was done at once, as by a function that is not asynchronous, is done', async () => {
  let count = 0;
  const step: Pick<Step, 'cleanUp'> = {
    cleanUp() {
      count++;
    },
  };
  await withDeadline(Reflect.apply(step.cleanUp ?? (() => undefined), undefined, []), 1000, 'It');
  expect(count).toBe(1);
});

test('work that fails in time fails as it did', async () => {
  await expect(withDeadline(Promise.reject(new Error('Crash')), 1000, 'It')).rejects.toThrow('Crash');
});

test('work that never ends is given up, and named', async () => {
  const waiting = expect(withDeadline(never, 30_000, 'Loading')).rejects.toThrow(
    new DeadlineExceeded('Loading took longer than 30 s'),
  );
  await vi.advanceTimersByTimeAsync(30_000);
  await waiting;
});

test('work that is not over yet is not given up before its time', async () => {
  let isOver = false;
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = withDeadline(promise, 1000, 'It').finally(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  resolve('in time');
  await expect(waiting).resolves.toBe('in time');
});

test('work that fails after its time troubles nobody', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const unhandled = vi.fn<() => void>();
  process.once('unhandledRejection', unhandled);
  const waiting = expect(withDeadline(promise, 1000, 'It')).rejects.toThrow(DeadlineExceeded);
  await vi.advanceTimersByTimeAsync(1000);
  await waiting;
  reject(new Error('Too late'));
  vi.useRealTimers();
  // Node reports an unhandled rejection before the next turn of its loop.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
  process.removeListener('unhandledRejection', unhandled);
});

test('no timer is left behind that would keep the program from ending', async () => {
  await withDeadline(Promise.resolve(), 60_000, 'It');
  await withDeadline(Promise.reject(new Error('Crash')), 60_000, 'It').catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
});
