import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { inputOf } from './case.ts';
import { readSeeds } from './seeds.ts';

// npm run fuzz -- --minutes 10 [--seed 1] [--workers 2] [--case 123] [--folder failures]

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: String(availableParallelism()) },
    case: { type: 'string' },
    folder: { type: 'string', default: join(tmpdir(), 'inpact-fuzz') },
  },
});
const seed = Number(values.seed);

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Writes the input of a case, so that it can be looked at and cut down to a test. */
async function save(number: number): Promise<string> {
  await mkdir(values.folder, { recursive: true });
  const file = join(values.folder, `${String(seed)}-${String(number)}.json`);
  await writeFile(file, inputOf(readSeeds(), seed, number));
  return file;
}

if (values.case === undefined) {
  say(`Seed ${String(seed)}, for ${values.minutes} min`);
  const { cases, traces, failures } = await runCampaign({
    seed,
    cases: Number.MAX_SAFE_INTEGER,
    minutes: Number(values.minutes),
    workers: Number(values.workers),
  });
  for (const failure of failures) say(`${await save(failure.case)}: ${failure.what}`);
  say(`${String(cases)} cases, ${String(traces)} of them traces, ${String(failures.length)} failures`);
  if (failures.length > 0) process.exitCode = 1;
} else {
  say(await save(Number(values.case)));
}
