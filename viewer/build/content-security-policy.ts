/** Where the policy goes: early in the head, since a policy binds only what follows it. */
const PLACEHOLDER = '<!-- content-security-policy -->';

const SCRIPT = /<script type="module"[^>]*>([\s\S]*?)<\/script>/g;
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

/** What a page may do beyond running its own script and style. */
export interface PagePolicy {
  readonly directives: readonly string[];
  readonly scriptSources: readonly string[];
}

/** A report starts no worker and makes no script: not one Trusted Types policy may be made. */
export const REPORT: PagePolicy = { directives: ["trusted-types 'none'"], scriptSources: [] };

/**
 * The page that reads a trace starts a worker, whose code it brings along as a blob, and its scanner is WebAssembly. The one
 * policy there is lets blobs pass and nothing else.
 */
export const OPEN_PAGE: PagePolicy = {
  directives: ['worker-src blob:', 'trusted-types default'],
  scriptSources: ["'wasm-unsafe-eval'"],
};

/**
 * Puts a Content-Security-Policy into a page whose scripts and styles are inline. Names and URLs in a trace are
 * whatever an attacker wrote: should one ever get into the markup, it still can neither run nor call home.
 */
export async function sealed(page: string, { directives, scriptSources }: PagePolicy): Promise<string> {
  if (!page.includes(PLACEHOLDER)) throw new Error(`the page lacks ${PLACEHOLDER}`);
  const policy = [
    "default-src 'none'",
    `script-src ${[await hashes(page, SCRIPT), ...scriptSources].join(' ')}`,
    `style-src ${await hashes(page, STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    ...directives,
  ].join('; ');
  return page.replace(PLACEHOLDER, `<meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}

async function hashes(page: string, element: RegExp): Promise<string> {
  const texts = Array.from(page.matchAll(element), ([, text = '']) => text);
  if (texts.length === 0) throw new Error(`vite inlined nothing that matches ${element.source}`);
  const digests = await Promise.all(texts.map(sha256));
  return digests.map((digest) => `'sha256-${digest}'`).join(' ');
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCodePoint(...new Uint8Array(digest)));
}
