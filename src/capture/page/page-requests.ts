import type { HTTPRequest, ResourceType } from 'puppeteer-core';

/** Whose answer a page's code may wait for. A socket never ends, a beacon has no answer, a picture holds up no other. */
const AWAITED: ReadonlySet<ResourceType> = new Set<ResourceType>([
  'document',
  'fetch',
  'xhr',
  'script',
  'stylesheet',
]);

type AskedFor = Pick<HTTPRequest, 'resourceType'>;

/** What is needed of Puppeteer's page: it knows its requests anyway. */
export interface RequestSource {
  on(event: 'request' | 'requestfinished' | 'requestfailed', told: (request: AskedFor) => void): unknown;
}

/** The requests of a page that have no answer yet. */
export class PageRequests {
  readonly #underWay = new Set<AskedFor>();
  /** Whether those who wait have waited enough: called after each answer. */
  readonly #looks = new Set<() => void>();

  constructor(page: RequestSource) {
    page.on('request', (request) => {
      if (AWAITED.has(request.resourceType())) this.#underWay.add(request);
    });
    page.on('requestfinished', (request) => this.#answered(request));
    page.on('requestfailed', (request) => this.#answered(request));
  }

  /** Those that have no answer now. */
  underWay(): ReadonlySet<unknown> {
    return new Set(this.#underWay);
  }

  /** Whether there are others without an answer than these. */
  hasOthersThan(known: ReadonlySet<unknown>): boolean {
    return Array.from(this.#underWay).some((request) => !known.has(request));
  }

  /** Waits until there are none, or the time is over. */
  async untilNoOthersThan(known: ReadonlySet<unknown>, time: AbortSignal): Promise<void> {
    if (time.aborted || !this.hasOthersThan(known)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (!this.hasOthersThan(known)) resolve();
    };
    const giveUp = (): void => resolve();
    this.#looks.add(look);
    time.addEventListener('abort', giveUp, { once: true });
    await promise;
    this.#looks.delete(look);
    time.removeEventListener('abort', giveUp);
  }

  #answered(request: AskedFor): void {
    this.#underWay.delete(request);
    for (const look of this.#looks) look();
  }
}
