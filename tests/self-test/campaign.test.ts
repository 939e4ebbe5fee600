import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type CampaignLine, campaignText, keepLine, leftToRecord, readCampaign } from './campaign.ts';

const line = (name: CampaignLine['name'], verdict: CampaignLine['verdict']): CampaignLine => ({
  name,
  verdict,
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
