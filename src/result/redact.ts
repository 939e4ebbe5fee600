/**
 * An address without what may be secret in it: no user and password, and of each query and fragment value only its length.
 * Text that is no address is returned as it is, cut to a sane length.
 */
export function redactUrl(address: string): string {
  const { scheme, rest } = splitScheme(address);
  if (scheme === '') return address.slice(0, MAX_LENGTH);
  // Puppeteer names what it runs in the page after the file and line of its caller, on the machine that recorded.
  if (scheme === 'pptr:') return scheme + splitOnce(rest, ';')[0].slice(0, MAX_LENGTH);
  const [beforeFragment, fragment] = splitOnce(rest, '#');
  const [hierarchy, query] = splitOnce(beforeFragment, '?');
  const parts = [scheme, withoutUserinfo(hierarchy)];
  if (query !== undefined) parts.push('?', query.split('&').map(redactPair).join('&'));
  if (fragment !== undefined) parts.push('#', placeholder(fragment));
  return parts.join('').slice(0, MAX_LENGTH);
}

const MAX_LENGTH = 2_000;

function splitScheme(address: string): { readonly scheme: string; readonly rest: string } {
  const scheme = /^[a-z][a-z0-9+.-]*:(\/\/)?/i.exec(address)?.[0] ?? '';
  return { scheme, rest: address.slice(scheme.length) };
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function withoutUserinfo(hierarchy: string): string {
  const authorityEnd = hierarchy.indexOf('/');
  const authority = authorityEnd === -1 ? hierarchy : hierarchy.slice(0, authorityEnd);
  return hierarchy.slice(authority.lastIndexOf('@') + 1);
}

function redactPair(pair: string): string {
  const [name, value] = splitOnce(pair, '=');
  // Without an equals sign it is no name but the secret itself, as in a signed address.
  if (value === undefined) return name === '' ? '' : placeholder(name);
  return value === '' ? pair : `${name}=${placeholder(value)}`;
}

const placeholder = (value: string): string => `[${String(value.length)} characters]`;
