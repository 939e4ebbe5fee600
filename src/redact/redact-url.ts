import { holdsSecretShape, withoutSecretShapes } from './secret-shapes.ts';

/**
 * An address without what may be secret in it: no user and password, of each query and fragment value only its length, and nothing
 * that looks like a secret in its path.
 * Text that is no address is returned as it is, cut to a sane length.
 */
export function redactUrl(address: string): string {
  return withoutSecretShapes(withoutValues(address));
}

function withoutValues(address: string): string {
  const { scheme, rest } = splitScheme(address);
  if (scheme === '') return address.slice(0, MAX_LENGTH);
  if (CONTENT.test(scheme)) return withoutContent(scheme, rest);
  // Puppeteer names what it runs in the page after the file and line of its caller, on the machine that recorded.
  if (scheme === 'pptr:') return scheme + splitOnce(rest, ';')[0].slice(0, MAX_LENGTH);
  const [beforeFragment, fragment] = splitOnce(rest, '#');
  const [hierarchy, query] = splitOnce(beforeFragment, '?');
  const parts = [scheme, withoutUserinfo(hierarchy).split('/').map(redactSegment).join('/')];
  if (query !== undefined) parts.push('?', query.split('&').map(redactPair).join('&'));
  if (fragment !== undefined) parts.push('#', placeholder(fragment));
  return parts.join('').slice(0, MAX_LENGTH);
}

const MAX_LENGTH = 2_000;

/** Addresses that are themselves what is at them: a document, a picture, a program. */
const CONTENT = /^(?:data|javascript):/i;

/** Of `data:text/html;charset=utf-8,…` what kind of content it is. */
function withoutContent(scheme: string, rest: string): string {
  const [, kind = '', content = rest] = /^([\w.+/=;-]{0,100},)(.*)$/s.exec(rest) ?? [];
  return `${scheme}${kind}${placeholder(content)}`;
}

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

/** A part of a path in which a secret is written with escapes, or stands behind a name: `cart;jsessionid=…`. */
function redactSegment(segment: string): string {
  const [path = '', ...parameters] = segment.split(';');
  return [redactPart(path), ...parameters.map(redactParameter)].join(';');
}

const redactParameter = (parameter: string): string =>
  parameter.includes('=') ? redactPair(parameter) : redactPart(parameter);

const redactPart = (part: string): string =>
  part.includes('%') && holdsSecretShape(unescaped(part)) ? placeholder(part) : part;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Escapes that make no sense hide nothing that anybody could read.
    return text;
  }
}

function redactPair(pair: string): string {
  const [name, value] = splitOnce(pair, '=');
  // Without an equals sign it is no name but the secret itself, as in a signed address.
  if (value === undefined) return name === '' ? '' : placeholder(name);
  return value === '' ? pair : `${name}=${placeholder(value)}`;
}

/** What has been redacted stays as it is: an address may come from a trace that was. */
const placeholder = (value: string): string =>
  /^\[\d+ characters\]$/.test(value) ? value : `[${String(value.length)} characters]`;
