import type { Session } from '../src/result/session.ts';

/** Unpacks the session that `reportHtml` put into the page: JSON, gzip, base64. */
export async function readSession(island: Element | null): Promise<Session> {
  const text = island?.textContent.trim() ?? '';
  if (text === '') throw new Error('This page is the empty template: it holds no session.');
  const packed = Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const session: Session = await new Response(unpacked).json();
  if (session.schemaVersion !== 1) {
    throw new Error(
      `This page reads sessions of version 1, and this one is of version ${String(session.schemaVersion)}.`,
    );
  }
  return session;
}
