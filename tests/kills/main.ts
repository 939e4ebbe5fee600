import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killCampaign } from '../support/kill-campaign.ts';
import { serveTestSite } from '../support/test-site.ts';

// npm run faults -- [--kills 200]

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' } } });
const home = await mkdtemp(join(tmpdir(), 'inpact-kills-'));
const site = await serveTestSite();
try {
  const campaign = await killCampaign({
    kills: Number(values.kills),
    url: site.url,
    home,
    random: Math.random,
    onKill: (done) => process.stderr.write(`${String(done)} `),
  });
  process.stdout.write(`\n${JSON.stringify(campaign)}\n`);
  const { lost, unreadable, orphans } = campaign;
  process.exitCode = lost + unreadable + orphans === 0 ? 0 : 1;
} finally {
  site.close();
  await rm(home, { recursive: true, force: true });
}
