import { redactText } from './redact-text.ts';
import type { RedactionLevel } from './redaction.ts';

/** Headers that say how something was sent, and not to whom or by whom. All others may hold a secret. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept-ranges',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'age',
  'alt-svc',
  'cache-control',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'expires',
  'keep-alive',
  'last-modified',
  'link',
  'location',
  'server',
  'server-timing',
  'timing-allow-origin',
  'transfer-encoding',
  'vary',
  'via',
]);

/** Keys whose whole value is the page's own, and often its data: `detail` of a mark, the text of a script. */
const OWN_DATA: ReadonlySet<string> = new Set([
  'detail',
  'sourceText',
  'postData',
  'requestBody',
  'cookie',
  'cookies',
]);

/**
 * One event of a trace, or any other value in it, without what may be secret.
 * @returns The same value, by identity, where there is nothing.
 */
export function redactValue(value: unknown, level: RedactionLevel): unknown {
  if (typeof value === 'string') return redactText(value, level);
  if (Array.isArray(value)) return redactedList(value, level);
  return isRecord(value) ? redactedRecord(value, level) : value;
}

function redactedList(list: readonly unknown[], level: RedactionLevel): unknown {
  const redacted = list.map((item) => redactValue(item, level));
  return redacted.some((item, index) => item !== list[index]) ? redacted : list;
}

function redactedRecord(record: Readonly<Record<string, unknown>>, level: RedactionLevel): unknown {
  let hasChanged = false;
  const entries = Object.entries(record).map(([key, value]) => {
    const kept = redactedEntry(record, key, level);
    const name = redactText(key, level);
    hasChanged ||= kept !== value || name !== key;
    return [name, kept] as const;
  });
  return hasChanged ? Object.fromEntries(entries) : record;
}

function redactedEntry(
  record: Readonly<Record<string, unknown>>,
  key: string,
  level: RedactionLevel,
): unknown {
  const value = record[key];
  if (OWN_DATA.has(key) && value !== null && value !== undefined) return placeholder(value);
  if (key === 'headers' && isRecord(value)) return redactedHeaders(value, level);
  if (key === 'value' && isHeader(record) && !PLAIN_HEADERS.has(record.name.toLowerCase()))
    return placeholder(value);
  if (key === 'snapshot' && record['name'] === undefined && typeof value === 'string' && level === 'strict') {
    return placeholder(value);
  }
  if (key === 'name' && level === 'strict' && isOwnMark(record)) return placeholder(value);
  return redactValue(value, level);
}

/** As lists of `{ name, value }`, in which Chrome keeps them. */
const isHeader = (
  record: Readonly<Record<string, unknown>>,
): record is Readonly<Record<string, unknown>> & { readonly name: string } =>
  typeof record['name'] === 'string' &&
  typeof record['value'] === 'string' &&
  Object.keys(record).length === 2;

/** As one object, in which other tools keep them. */
function redactedHeaders(headers: Readonly<Record<string, unknown>>, level: RedactionLevel): unknown {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      PLAIN_HEADERS.has(name.toLowerCase()) ? redactValue(value, level) : placeholder(value),
    ]),
  );
}

/** A mark or measure that the page made: Chrome's own have no time of their own to begin. */
function isOwnMark({ cat, args }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof cat === 'string' && cat.includes('blink.user_timing') && isRecord(args) && 'startTime' in args
  );
}

const PLACEHOLDER = /^\[\d+ characters\]$/;

/** What has been redacted stays as it is: a trace may be redacted twice. */
function placeholder(value: unknown): unknown {
  if (typeof value === 'string' && PLACEHOLDER.test(value)) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `[${String(text.length)} characters]`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
