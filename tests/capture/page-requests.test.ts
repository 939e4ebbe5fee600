import { EventEmitter } from 'node:events';
import type { ResourceType } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { PageRequests } from '../../src/capture/page/page-requests.ts';

interface AskedFor {
  resourceType(): ResourceType;
}

/** A page that sends such a request. */
function asked(page: EventEmitter, type: ResourceType = 'fetch'): AskedFor {
  const request = { resourceType: () => type };
  page.emit('request', request);
  return request;
}

const never = (): AbortSignal => new AbortController().signal;

test('a request is waited for until it is answered, or has failed', async () => {
  const page = new EventEmitter();
  const requests = new PageRequests(page);
  const known = requests.underWay();
  const [first, second] = [asked(page), asked(page, 'xhr')];
  const order: string[] = [];
  const waited = requests.untilNoOthersThan(known, never()).then(() => order.push('no others'));
  page.emit('requestfinished', first);
  await Promise.resolve();
  expect(requests.hasOthersThan(known)).toBe(true);
  order.push('second fails');
  page.emit('requestfailed', second);
  await waited;
  expect(order).toEqual(['second fails', 'no others']);
});

test('what was under way before, and what never ends, is not waited for', async () => {
  const page = new EventEmitter();
  const requests = new PageRequests(page);
  asked(page);
  const known = requests.underWay();
  for (const type of ['eventsource', 'websocket', 'ping', 'image', 'media'] as const) asked(page, type);
  expect(requests.hasOthersThan(known)).toBe(false);
  await requests.untilNoOthersThan(known, never());
});

test('a request that is never answered is not waited for longer than the time allows', async () => {
  const page = new EventEmitter();
  const requests = new PageRequests(page);
  const known = requests.underWay();
  const time = new AbortController();
  const waited = requests.untilNoOthersThan(known, time.signal);
  asked(page);
  time.abort();
  await waited;
  await requests.untilNoOthersThan(known, time.signal);
  expect(requests.hasOthersThan(known)).toBe(true);
});
