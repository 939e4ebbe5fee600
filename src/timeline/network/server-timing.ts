/** One metric of a `Server-Timing` header. https://www.w3.org/TR/server-timing/ */
export interface ServerTimingMetric {
  readonly name: string;
  readonly durationMs: number;
  readonly description: string;
}

/** Reads a `Server-Timing` header: `db;dur=12.3;desc="two queries", total;dur=20`. https://www.w3.org/TR/server-timing/ */
export function parseServerTiming(header: string): readonly ServerTimingMetric[] {
  return splitOutsideQuotes(header.slice(0, MAX_LENGTH), ',').flatMap((entry) => {
    const [name = '', ...parameters] = splitOutsideQuotes(entry, ';').map((part) => part.trim());
    // A parameter without a name before it.
    if (name === '' || name.includes('=')) return [];
    const durationMs = Number(parameterOf(parameters, 'dur') ?? 0);
    const description = parameterOf(parameters, 'desc') ?? '';
    return [{ name, durationMs: Number.isFinite(durationMs) ? durationMs : 0, description }];
  });
}

/** Chrome refuses a response whose headers are longer. A trace that says otherwise could exhaust the regular expressions. */
const MAX_LENGTH = 256 * 1024;

function splitOutsideQuotes(text: string, separator: ',' | ';'): readonly string[] {
  const part = separator === ',' ? /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g : /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;
  return text.match(part) ?? [];
}

/** Names are case-insensitive, and the first of several counts. */
function parameterOf(parameters: readonly string[], wanted: string): string | undefined {
  for (const parameter of parameters) {
    const at = parameter.indexOf('=');
    if (at !== -1 && parameter.slice(0, at).trim().toLowerCase() === wanted)
      return unquoted(parameter.slice(at + 1).trim());
  }
  return undefined;
}

const unquoted = (value: string): string =>
  value.startsWith('"')
    ? value.slice(1, value.endsWith('"') ? -1 : undefined).replaceAll(/\\(.)/g, '$1')
    : value;
