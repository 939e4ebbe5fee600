import { parseArgs } from 'node:util';
import { findBoundaries } from './boundaries.ts';
import {
  budgetTable,
  manyMetricsTable,
  otherTable,
  ownTable,
  shortPageTables,
  type TableOptions,
} from './tables.ts';

/** Prints the tables of docs/statistics.md, or finds the boundaries anew. */
const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    boundaries: { type: 'boolean', default: false },
    /** Of budgets alone: a minute rather than a quarter of an hour. */
    budgets: { type: 'boolean', default: false },
  },
});

const started = Date.now();
const options: TableOptions = {
  repetitions: Number(values.repetitions),
  seed: Number(values.seed),
  note: (done) => {
    process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0)} s: ${done}\n`);
  },
};
if (values.boundaries) process.stdout.write(`${findBoundaries()}\n`);
else if (values.budgets) process.stdout.write(`${budgetTable(options)}\n`);
else printTables(options);

function printTables({ repetitions, seed }: TableOptions): void {
  const [withFloor = '', withoutFloor = ''] = shortPageTables({
    ...options,
    repetitions: Math.ceil(repetitions / 2),
  });
  const parts = {
    'inpact compare': ownTable(options),
    'inpact compare, 120 ms of work, margin of at least a frame': withFloor,
    'inpact compare, 120 ms of work, margin of 10 % alone': withoutFloor,
    'inpact compare, ten metrics': manyMetricsTable(options),
    'other tools': otherTable(options),
    budgets: budgetTable(options),
  };
  const command = `npm run sim -- --repetitions ${String(repetitions)} --seed ${String(seed)}`;
  process.stdout.write(`${command}, ${new Date().toISOString().slice(0, 10)}\n\n`);
  for (const [title, text] of Object.entries(parts)) process.stdout.write(`#### ${title}\n\n${text}\n\n`);
}
