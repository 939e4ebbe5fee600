import { type FoundPython, PYTHON_HINT } from '../../fixtures/django/python.ts';

/** What a test's name says where it can't run. */
export const reasonToSkip = (python: FoundPython | undefined): string =>
  python === undefined ? ` (skipped: there is no Python. ${PYTHON_HINT})` : '';
