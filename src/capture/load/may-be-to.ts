import { redactText } from '../../redact/redact-text.ts';

/**
 * Whether a request whose address is kept without secrets may have been to an address in which a pattern occurs. Of a query's values only
 * their lengths are kept, so this is not certain of them; that it says no is.
 * @param pattern A part of an address, in which `*` stands for anything.
 */
export function mayBeTo(address: string, pattern: string): boolean {
  // A picture or a document that is its own address is asked of nobody, whatever it holds.
  const kept = address.startsWith('data:') ? address : withUnknowns(address);
  // As it was meant, and as an address is kept that has something secret in its path.
  return [pattern, redactText(pattern), redactText(pattern, 'strict')].some((wanted) =>
    patternFor(withUnknowns(wanted)).test(kept),
  );
}

/** Stands for a character that was not kept. No address has it. */
const UNKNOWN = '\u{FFFC}';

/** Longer than any pattern. */
const MOST_UNKNOWN = 2_000;

const withUnknowns = (text: string): string =>
  text.replaceAll(/\[(\d+) characters\]/g, (_, length: string) =>
    UNKNOWN.repeat(Math.min(Number(length), MOST_UNKNOWN)),
  );

/** What divides an address is always kept, so that it stands for itself: `/api` does not lie in a value that nobody knows. */
function patternFor(wanted: string): RegExp {
  const [path = '', query = ''] = wanted.split(/(?=[?#])(.*)/s);
  return new RegExp(partFor(path, /[/.:&]/) + partFor(query, /[?&#]/));
}

const partFor = (part: string, divider: RegExp): string =>
  Array.from(part, (character) => {
    if (character === '*') return '.*';
    const literal = character.replace(/[.+?^${}()|[\]\\]/, String.raw`\$&`);
    return divider.test(character) ? literal : `(?:${literal}|${UNKNOWN})`;
  }).join('');
