import type { CDPSession } from 'puppeteer-core';

/**
 * A world of the main frame's document in which scripts run apart from the page's: its policies do not hold there, and what the page has
 * done to its own `document`, clocks or observers does not reach it.
 * @returns The id of its execution context.
 */
export async function isolatedWorld(session: CDPSession, worldName: string): Promise<number> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = { frameId: frameTree.frame.id, worldName };
  return (await session.send('Page.createIsolatedWorld', world)).executionContextId;
}
