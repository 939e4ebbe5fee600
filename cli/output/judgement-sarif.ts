import { createHash } from 'node:crypto';
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { jsonText } from './json-text.ts';
import { type Entry, type JudgementView, messageOf } from './judgement-view.ts';

/**
 * A judgement as SARIF 2.1.0: one result for each thing that does not pass, at the line that takes most of what is new, where
 * that is known. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */
export function judgementSarif({ subject, entries, inpactVersion }: JudgementView): string {
  const notable = entries.filter(({ verdict }) => verdict !== 'pass');
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'INPact', semanticVersion: inpactVersion, rules: rulesOf(entries) } },
        results: notable.map((entry) => resultOf(subject, entry)),
      },
    ],
  };
  return jsonText(log);
}

function rulesOf(entries: readonly Entry[]): ReportingDescriptor[] {
  const texts = new Map(entries.map(({ rule, ruleText }) => [rule, ruleText]));
  return Array.from(texts, ([id, text]) => ({ id, shortDescription: { text } }));
}

function resultOf(subject: string, entry: Entry): Result {
  const { rule, verdict, id } = entry;
  const place = [subject, ...entry.place];
  return {
    ruleId: rule,
    kind: verdict === 'fail' ? 'fail' : 'open',
    level: levelOf(entry),
    message: { text: textOf(entry).toWellFormed() },
    locations: [locationOf(entry, place)],
    // The same thing judged again is the same result, whatever its figures.
    partialFingerprints: { 'inpactLimit/v1': fingerprint([...place, id]) },
  };
}

/** With its place: GitHub shows no logical location. */
function textOf(entry: Entry): string {
  const { place } = entry;
  return `${place.length === 0 ? '' : `${place.toReversed().join(', ')}: `}${messageOf(entry)}`;
}

/**
 * GitHub refuses a file in which one result has no artifact ("expected artifact location"), and with it all others. What stands in
 * no source is placed at what was judged: `shop/search`.
 */
function locationOf({ source }: Entry, place: readonly string[]): Location {
  return {
    logicalLocations: [{ fullyQualifiedName: place.join('/').toWellFormed(), kind: 'module' }],
    physicalLocation: {
      artifactLocation: { uri: uriOf(source === undefined ? place : source.path.split('/')) },
      region: { startLine: Math.max(1, source?.line ?? 1) },
    },
  };
}

/** Relative, whatever the parts: a part that is empty, or dots alone, would lead elsewhere. */
const uriOf = (parts: readonly string[]): string =>
  parts.map((part) => encodeURIComponent(part.toWellFormed()).replace(/^\.*$/, '_')).join('/');

/** SARIF wants no level of a result that is no failure. */
function levelOf({ verdict, severity }: Entry): Result.level {
  if (verdict !== 'fail') return 'none';
  return severity === 'error' ? 'error' : 'warning';
}

const fingerprint = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
