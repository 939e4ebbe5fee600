import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomesOf } from '../../fixtures/django/outcomes.ts';
import { PATTERNS } from '../../fixtures/django/patterns.ts';
import { findPython } from '../../fixtures/django/python.ts';
import { type DjangoLab, startDjangoLab } from '../../fixtures/django/start-django-lab.ts';
import { type Postgres, postgresPrograms, startPostgres } from '../support/postgres.ts';
import { reasonToSkip } from '../support/without-python.ts';

const python = await findPython(process.env);
const programs = postgresPrograms();
const reason =
  programs === undefined
    ? ' (skipped: there is no PostgreSQL. On Debian: apt-get install postgresql)'
    : reasonToSkip(python);

let postgres: Postgres | undefined;
let lab: DjangoLab | undefined;

describe.skipIf(python === undefined || programs === undefined)(
  `the Django lab on PostgreSQL${reason}`,
  () => {
    beforeAll(async () => {
      postgres = await startPostgres(programs ?? '');
      lab = await startDjangoLab({ database: postgres.url, env: process.env, notice: () => undefined });
    }, 400_000);

    afterAll(async () => {
      await lab?.stop();
      await postgres?.stop();
    });

    test('is answered by PostgreSQL', () => {
      expect(lab?.versions.database).toMatch(/^postgresql \d+/);
    });

    test('refuses, forgets and updates as on SQLite', async () => {
      if (lab === undefined) throw new Error('The lab was not started.');
      const outcomes = await outcomesOf(lab, PATTERNS);
      const told = outcomes.map(({ pattern, form, exception, changedRows }) => [
        `${pattern} ${form}`,
        exception,
        changedRows,
      ]);
      expect(told.filter(([, exception]) => exception !== null)).toEqual([
        ['list-all wrong', 'SynchronousOnlyOperation', null],
        ['get-all wrong', 'TypeError', null],
        ['filtered-values wrong', 'TypeError', null],
        ['first wrong', 'SynchronousOnlyOperation', null],
        ['bulk-update wrong', 'SynchronousOnlyOperation', 0],
        ['bulk-update-allowed wrong', 'TypeError', 500],
      ]);
      expect(told).toContainEqual(['bulk-update-not-awaited wrong', null, 0]);
      expect(told).toContainEqual(['bulk-update right', null, 500]);
    });

    test('tells of each query whether it ran on the event loop', async () => {
      if (lab === undefined) throw new Error('The lab was not started.');
      await fetch(lab.traceUrl, { method: 'DELETE' });
      await lab.answer('first-allowed', 'wrong');
      await lab.answer('first', 'right');
      const trace = await fetch(lab.traceUrl).then((response) => response.text());
      const queries = [
        ...trace.matchAll(/"sql": "(SELECT [^%]*?lab_post[^}]*?)", "onLoop": (true|false), "rows": 1/g),
      ];
      expect(queries.map(([, , onLoop]) => onLoop)).toEqual(['true', 'false']);
    });
  },
);
