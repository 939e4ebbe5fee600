import { expect, test } from 'vitest';
import { lastAsked } from '../../viewer/interactions/last-asked.ts';

test('of two that are made at once the one that was asked for last is shown, whichever is ready first', async () => {
  const ask = lastAsked();
  const slow = Promise.withResolvers<string>();
  const shown: string[] = [];
  const show = (name: string): number => shown.push(name);
  const fail = (error: unknown): number => shown.push(`failed: ${String(error)}`);
  const first = ask(slow.promise, show, fail);
  await ask(Promise.resolve('quick'), show, fail);
  slow.resolve('slow');
  await first;
  expect(shown).toEqual(['quick']);
  await ask(Promise.resolve('slow'), show, fail);
  expect(shown).toEqual(['quick', 'slow']);
});

test('what cannot be made is told instead of it, unless something else was asked for', async () => {
  const ask = lastAsked();
  const told: string[] = [];
  const fail = (error: unknown): number => told.push(String(error));
  const broken = (): Promise<void> => ask(Promise.reject(new Error('broken')), () => undefined, fail);
  await expect(broken()).rejects.toThrow('broken');
  expect(told).toEqual(['Error: broken']);
  const late = broken();
  await ask(Promise.resolve(1), () => undefined, fail);
  await expect(late).rejects.toThrow('broken');
  expect(told).toEqual(['Error: broken']);
});
