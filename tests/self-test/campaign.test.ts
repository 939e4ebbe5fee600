import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  campaignRows,
  type CampaignLine,
  campaignText,
  keepLine,
  leftToRecord,
  readCampaign,
} from './campaign.ts';

const line = (name: CampaignLine['name'], verdict: CampaignLine['verdict']): CampaignLine => ({
  name,
  verdict,
  findings: [],
});

test('a campaign goes on where it was interrupted, its kinds by turns', async () => {
  const file = join(await temporaryFolder(), 'campaign.jsonl');
  const wanted = { same: 3, tenth: 2, backend: 1 };
  expect(await readCampaign(file)).toEqual([]);
  expect(leftToRecord(wanted, [])).toEqual(['same', 'tenth', 'backend', 'same', 'tenth', 'same']);

  await keepLine(file, line('same', 'pass'));
  await keepLine(file, line('backend', 'fail'));
  await keepLine(file, line('tenth', 'unfinished'));
  expect(leftToRecord(wanted, await readCampaign(file))).toEqual(['same', 'tenth', 'same', 'tenth']);
});

test('all that was begun is counted', () => {
  const lines = [line('same', 'pass'), line('same', 'unfinished'), line('tenth', 'fail')];
  expect(campaignText(lines).split('\n').slice(0, 2)).toEqual([
    'same: 2 comparisons, 1 pass, 0 fail, 0 inconclusive, 1 unfinished',
    'tenth: 1 comparisons, 0 pass, 1 fail, 0 inconclusive, 0 unfinished',
  ]);
});

test('what was resampled is counted by itself', () => {
  const same = { ...line('same', 'pass'), resampled: { comparisons: 100, slower: 1 } };
  expect(campaignText([same, same, { ...line('tenth', 'fail'), resampled: null }])).toContain(
    'resampled: 2 false alarms in 200 comparisons',
  );
});

test('each is a row, with what is judged of it', () => {
  const ratio = { estimate: 0.995, low: 0.99, high: 1.01, confidence: 0.9 };
  const found = { metric: 'inpMs', finding: 'no-regression', judgedPairs: 8, ratio } as const;
  const signal = { ...found, metric: 'interactionCpuMs' } as const;
  const tenth = { ...line('tenth', 'inconclusive'), findings: [found, signal] };
  const backend = {
    ...line('backend', 'fail'),
    findings: [found, { ...found, metric: 'icpMs' }, signal],
  } as const;
  expect(campaignRows([backend, tenth, line('same', 'unfinished')]).split('\n')).toEqual([
    '| same | unfinished | | |',
    '| tenth | did not regress | 8 | -0.5 % (-1.0 % to +1.0 %) |',
    '| backend, INP | did not regress | 8 | -0.5 % (-1.0 % to +1.0 %) |',
    '| backend, ICP | did not regress | 8 | -0.5 % (-1.0 % to +1.0 %) |',
  ]);
});
