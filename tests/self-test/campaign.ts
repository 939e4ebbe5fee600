import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** What was recorded: a page with itself, with itself a tenth slower, and the lab's two backends. */
export type Kind = 'same' | 'tenth' | 'backend';
const KINDS: readonly Kind[] = ['same', 'tenth', 'backend'];

/** `unfinished` if its time was up. */
type Ending = 'pass' | 'fail' | 'inconclusive' | 'unfinished';
const ENDINGS: readonly Ending[] = ['pass', 'fail', 'inconclusive', 'unfinished'];

/** What counts of one comparison; its line in the campaign's file holds more. */
export interface CampaignLine {
  readonly name: Kind;
  readonly verdict: Ending;
}

const lineSchema: v.GenericSchema<unknown, CampaignLine> = v.object({
  name: v.picklist(KINDS),
  verdict: v.picklist(ENDINGS),
});

/** What an earlier, interrupted run of a campaign has left. Nothing where there is no such file. */
export async function readCampaign(file: string): Promise<readonly CampaignLine[]> {
  if (!existsSync(file)) return [];
  return (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(lineSchema, JSON.parse(line)));
}

export const keepLine = (file: string, line: object): Promise<void> =>
  appendFile(file, `${JSON.stringify(line)}\n`);

/** What is left to be recorded: the kinds by turns, so that whenever it ends there are as many of each. */
export function leftToRecord(
  wanted: Readonly<Record<Kind, number>>,
  lines: readonly CampaignLine[],
): readonly Kind[] {
  const missing = (kind: Kind): number =>
    wanted[kind] - lines.filter(({ name, verdict }) => name === kind && verdict !== 'unfinished').length;
  const most = Math.max(0, ...KINDS.map(missing));
  return Array.from({ length: most }, (_, turn) => KINDS.filter((kind) => missing(kind) > turn)).flat();
}

/** How often each kind ended in which way, a line each. All that was begun is counted. */
export const campaignText = (lines: readonly CampaignLine[]): string =>
  KINDS.map((kind) => {
    const own = lines.filter(({ name }) => name === kind);
    const of = (verdict: Ending): string =>
      `${String(own.filter((line) => line.verdict === verdict).length)} ${verdict}`;
    return `${kind}: ${String(own.length)} comparisons, ${ENDINGS.map(of).join(', ')}`;
  }).join('\n');
