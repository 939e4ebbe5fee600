// Writes docs/dependencies.md from package.json and the lock: `npm run licences`. A test holds the page against them.
import { readFile, writeFile } from 'node:fs/promises';

/** What each package that INPact itself names is there for. One without a word here is an error. */
const PURPOSES = new Map([
  ['@commander-js/extra-typings', 'types of the command line’s arguments'],
  ['@jridgewell/trace-mapping', 'source maps: the author’s files, lines and names'],
  ['@puppeteer/browsers', 'finds and installs Chrome'],
  ['@puppeteer/replay', 'flows that Chrome’s Recorder panel exports'],
  ['chrome-trace-event', 'writes the server’s own trace'],
  ['cli-progress', 'the progress of a recording'],
  ['cli-table3', 'tables in a terminal'],
  ['commander', 'the command line'],
  ['puppeteer-core', 'drives Chrome'],
  ['valibot', 'settings, budgets and results that are read, and their JSON Schemas'],
  ['web-vitals', 'the page as a witness: --cross-check'],
  ['xmlbuilder2', 'JUnit XML'],
  ['d3-array', 'ticks and bisection'],
  ['d3-axis', 'axes'],
  ['d3-brush', 'selecting a range'],
  ['d3-scale', 'scales'],
  ['d3-selection', 'sparse tracks in SVG'],
  ['d3-zoom', 'zoom and pan'],
]);

/** In the page of a report, and so in what is published, though nothing of them is installed with it. */
const BUILT_IN = /^d3-/;

/**
 * @typedef {{ version: string, license: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lock
 * @typedef {{ dependencies: Record<string, string>, devDependencies: Record<string, string> }} Manifest
 */

/**
 * The page, before its tables are aligned.
 * @param {Manifest} manifest
 * @param {Lock} lock
 */
export function dependenciesPage({ dependencies, devDependencies }, lock) {
  const installed = Object.keys(dependencies);
  const builtIn = Object.keys(devDependencies).filter((name) => BUILT_IN.test(name));
  // Types are read, and nothing of them is published.
  const tools = Object.keys(devDependencies).filter((name) => !BUILT_IN.test(name));
  return `# Dependencies

Made by \`npm run licences\` from the lock, and aligned by \`npm run format\`; versions are those that it pins. Which folder may import which package is in \`tests/architecture\`, and what an installation weighs in [the benchmarks](benchmarks.md#the-size-of-an-installation).

## Installed with INPact

${purposeTable(installed, lock)}

They bring these with them:

${licenceTable(broughtBy(installed, lock), lock)}

## Built into the page of a report

Their notices stand at the end of each page, as their licences ask.

${purposeTable(builtIn, lock)}

They bring these with them:

${licenceTable(broughtBy(builtIn, lock), lock)}

## Tools of this repository

Nothing of these is published.

${licenceTable(
  tools.map((name) => `node_modules/${name}`),
  lock,
)}
`;
}

/** @param {readonly string[]} names @param {Lock} lock */
const purposeTable = (names, lock) =>
  [
    '| package | version | licence | what for |',
    '| --- | --- | --- | --- |',
    ...names.map((name) => `| ${name} | ${detailsOf(`node_modules/${name}`, lock)} | ${purposeOf(name)} |`),
  ].join('\n');

/** @param {readonly string[]} places @param {Lock} lock */
const licenceTable = (places, lock) =>
  [
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...new Set(places.map((place) => `| ${nameOf(place)} | ${detailsOf(place, lock)} |`)),
  ].join('\n');

/** @param {string} place @param {Lock} lock */
function detailsOf(place, lock) {
  const locked = lock.packages[place];
  if (locked?.license === undefined) throw new Error(`The lock names no licence of ${place}.`);
  return `${locked.version} | ${locked.license}`;
}

/** @param {string} name */
function purposeOf(name) {
  const purpose = PURPOSES.get(name);
  if (purpose === undefined) throw new Error(`Say in scripts/list-dependencies.mjs what ${name} is for.`);
  return purpose;
}

/** @param {string} place */
const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Where all lie that is installed because of these, and not these themselves.
 * @param {readonly string[]} names
 * @param {Lock} lock
 */
function broughtBy(names, lock) {
  const own = names.map((name) => `node_modules/${name}`);
  const found = new Set(own);
  for (const place of found) {
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      found.add(placeOf(name, place, lock));
    }
  }
  const label = (/** @type {string} */ place) => `${nameOf(place)} ${lock.packages[place]?.version ?? ''}`;
  return [...found]
    .filter((place) => !own.includes(place))
    .toSorted((a, b) => label(a).localeCompare(label(b), 'en', { numeric: true }));
}

/**
 * As Node looks for it: in the folder of who asks, then in each above it.
 * @param {string} name
 * @param {string} from
 * @param {Lock} lock
 * @returns {string}
 */
function placeOf(name, from, lock) {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (lock.packages[place] !== undefined) return place;
  if (from === '') throw new Error(`The lock has no ${name}.`);
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), lock);
}

/** @param {string} name */
const json = async (name) => JSON.parse(await readFile(new URL(`../${name}`, import.meta.url), 'utf8'));

if (import.meta.main) {
  const page = dependenciesPage(await json('package.json'), await json('package-lock.json'));
  await writeFile(new URL('../docs/dependencies.md', import.meta.url), page);
}
