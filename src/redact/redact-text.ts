import { redactUrl } from './redact-url.ts';
import type { RedactionLevel } from './redaction.ts';
import { withoutSecretShapes } from './secret-shapes.ts';

/** Any text that a page or its author wrote, without the secrets in it. */
export function redactText(text: string, redaction: RedactionLevel = 'default'): string {
  const shown = withoutSecretShapes(redactAddresses(text));
  return redaction === 'strict' ? withoutIdentities(shown) : shown;
}

/** Addresses anywhere in a text, and the values of queries without one, as in `/login?token=…`. */
function redactAddresses(text: string): string {
  return text
    .replaceAll(ADDRESS, (address) => redactUrl(address))
    .replaceAll(DATA, (_, head: string, content: string) => `${head}[${String(content.length)} characters]`)
    .replaceAll(VALUE, (_, name: string, value: string) => `${name}[${String(value.length)} characters]`);
}

/** A placeholder holds a space, an address otherwise none. */
const ADDRESS = /\b(?:https?|wss?|ftp|blob:https?|pptr|file):(?:\[\d+ characters\]|[^\s"'<>`\\])+/gi;
/** `data:image/png;base64,…`: what it holds may be anything. */
const DATA = /\b(data:[\w.+/-]*(?:;[\w=.-]+)*,)(?!\[\d+ characters\])([^\s"')]+)/gi;
const VALUE = /([?&][\w.~%[\]-]{1,80}=)(?!\[\d+ characters\])([^&#\s"'<>`]+)/g;

/** For strangers' eyes also without people, and parts of paths that are no words. */
const withoutIdentities = (text: string): string =>
  text
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail address]')
    .replaceAll(
      /(?<=\/)(?=[\w~.-]*\d)(?=[\w~.-]*[a-z])[\w~-]{20,}(?=[/?#]|$)/gi,
      (part) => `[${String(part.length)} characters]`,
    );
