import { basename, join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../cli/output/json-text.ts';
import { judgementCsv } from '../../cli/output/judgement-csv.ts';
import { judgementGithub } from '../../cli/output/judgement-github.ts';
import { judgementJunit } from '../../cli/output/judgement-junit.ts';
import { judgementMarkdown } from '../../cli/output/judgement-markdown.ts';
import { judgementSarif } from '../../cli/output/judgement-sarif.ts';
import { judgementText } from '../../cli/output/judgement-text.ts';
import type { JudgementView } from '../../cli/output/judgement-view.ts';
import { viewOf } from '../../cli/output/view-of.ts';
import { packed, reportHtml } from '../../cli/output/report-html.ts';
import { traceText } from '../../cli/output/trace-text.ts';
import { analyzeForDrawing, type DrawnTrace } from '../../src/analyze.ts';
import { traceFileName } from '../../src/capture/session/trace-file-name.ts';
import { packTracks, unpackTracks } from '../../src/tracks/pack-tracks.ts';
import { recordsOf } from '../support/csv-records.ts';
import { about, compare } from '../support/compared.ts';
import { obeyed } from '../support/hostile-names.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { HOSTILE_SOURCES, PAYLOADS, type HostileSource, traceFrom } from '../support/hostile-sources.ts';

const RECORDED = join(import.meta.dirname, '../../fixtures/traces/click-fetch.json.gz');

const TEMPLATE =
  '<head><title>INPact report</title></head><script type="application/octet-stream" id="session"></script><script type="application/octet-stream" id="tracks"></script>';

/** What one source leaves in everything that INPact makes of a trace. */
interface Made extends DrawnTrace {
  /** A regression that is put down to whatever the analysis says of it. */
  readonly view: JudgementView;
  /** All that the result says. */
  readonly said: readonly string[];
}

async function madeFrom(source: HostileSource): Promise<Made> {
  const file = source.of === 'file' ? PAYLOADS.join('') : 'trace.json';
  const drawn = await analyzeForDrawing({ file, bytes: [traceFrom(RECORDED, source)] });
  const said = stringsIn(drawn.trace);
  const comparison = compare(about(200, 12, 1), about(300, 12, 2));
  const times = { baseMs: 0, changedMs: 100, differenceMs: 100, lowMs: 90, highMs: 110 } as const;
  const changes = said.map(
    (text) => ({ kind: 'function', name: text, url: text, line: 7, presence: 'new', ...times }) as const,
  );
  const metrics = said.flatMap((text) =>
    comparison.metrics.map((metric) => ({ ...metric, step: text, sentence: text, advice: text })),
  );
  return {
    ...drawn,
    said,
    view: viewOf({ ...comparison, metrics, changes: [{ step: 'click', changes }], notes: said }),
  };
}

/** Every text of a value, names of properties among them, once. */
function stringsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(value, (key, part: unknown) => {
    found.add(key);
    if (typeof part === 'string') found.add(part);
    return part;
  });
  return [...found];
}

/** Text that would be obeyed, or what would break out, for each sink. Empty where all stays text. */
const SINKS: Readonly<Record<string, (made: Made) => Promise<readonly unknown[]> | readonly unknown[]>> = {
  terminal: ({ trace, view }) => [...obeyed(traceText(trace)), ...obeyed(judgementText(view))],
  HTML: async ({ trace, tracks }) => {
    const document = { schemaVersion: 1, kind: 'trace', inpactVersion: 'test', trace } as const;
    const page = await reportHtml(TEMPLATE, document, [
      { id: trace.file, base64: await packed(packTracks(tracks)) },
    ]);
    const tags = page.match(/<[^>]*>?/g) ?? [];
    return tags.filter(
      (tag) =>
        !/^<\/?(head|title|script( type="application\/octet-stream" (id="session"|data-tracks="[^"]*"))?)>$/.test(
          tag,
        ),
    );
  },
  timeline: ({ tracks }) => {
    const read = unpackTracks(packTracks(tracks));
    return read.labels.filter(
      ({ name, url }, index) => name !== tracks.labels[index]?.name || url !== tracks.labels[index]?.url,
    );
  },
  JSON: ({ said, trace }) => {
    const json = jsonText(trace);
    const read: unknown = JSON.parse(json);
    const known = new Set(stringsIn(read));
    const hidden = Object.getPrototypeOf(read) === Object.prototype ? [] : ['a prototype'];
    return [...commandsIn(json), ...hidden, ...said.filter((text) => !known.has(text))];
  },
  JUnit: ({ view }) => (XMLValidator.validate(judgementJunit(view)) === true ? [] : ['not XML']),
  SARIF: ({ view }) => {
    const sarif: { runs: { results: unknown[] }[] } = JSON.parse(judgementSarif(view));
    const expected = view.entries.filter(({ verdict }) => verdict !== 'pass').length;
    return sarif.runs.map(({ results }) => results.length).filter((count) => count !== expected);
  },
  Markdown: ({ view }) =>
    judgementMarkdown(view)
      .replace('<!-- inpact -->', '')
      .match(/[<>`]|\]\(|(^|\s)@\w+/g) ?? [],
  CSV: ({ view }) => {
    const records = recordsOf(judgementCsv(view));
    const formulas = records.flat().filter((field) => /^\s*[=+@]|^[\t\r]/.test(field));
    return [...formulas, ...records.filter(({ length }) => length !== 14)];
  },
  'workflow commands': ({ view }) =>
    judgementGithub(view)
      .split(/\r\n|[\r\n]/)
      .filter((line) => line !== '' && !/^::(error|warning|notice) /.test(line)),
  'file names': ({ said }) =>
    said
      .map((text) => traceFileName(new Date(0), text, 0))
      .filter((name) => name !== basename(name) || !/^Trace-[\w-]+\.json\.gz$/.test(name)),
};

const holdsPayload = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    PAYLOADS.some((payload) => payload.length > 6 && payload.length < 100 && text.includes(payload.trim())),
  );

describe.each(Object.entries(HOSTILE_SOURCES))('a hostile %s', (_, source) => {
  const making = madeFrom(source);

  test(`reaches ${source.reaches.join(' and ') || 'nothing'}`, async () => {
    const { said, tracks } = await making;
    const places = [
      ...(holdsPayload(said) ? ['result'] : []),
      ...(holdsPayload(stringsIn(tracks)) ? ['timeline'] : []),
    ];
    expect(places).toEqual(source.reaches);
  });

  test.each(Object.keys(SINKS))('does nothing in its sink: %s', async (sink) => {
    expect(await SINKS[sink]?.(await making)).toEqual([]);
  });
});
