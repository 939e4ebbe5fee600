import { micro } from '../../base/units.ts';
import { weakest } from '../evidence.ts';
import { workWithin } from '../rendering-work.ts';
import { runningCode } from '../running-code.ts';
import {
  CLEAR,
  type Examined,
  found,
  type Insight,
  NOWHERE,
  type Outcome,
  type Subject,
  unknown,
} from './finding.ts';
import { pageCode } from './page-code.ts';
import { LONG_RENDERING, MANY_MODIFICATIONS } from './thresholds.ts';
import { endOf, segmentsOf } from './waits.ts';
import { ms } from './words.ts';

export const largeDomUpdate: Insight = {
  id: 'large-dom-update',
  title: 'A large update of the document took long to draw',
  advice:
    'Add only what can be seen (pages, virtual lists), and let content-visibility spare the browser the rest.',
  examine: updateOf,
};

function updateOf({ interaction, chain }: Subject, given: Examined): Outcome {
  const drawn = segmentsOf(chain, 'rendering');
  const [first] = drawn;
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return CLEAR;
  const slices = given.slicesOf(interaction);
  const explains = micro(
    drawn.reduce((sum, segment) => sum + workWithin(slices, segment.start, endOf(segment)), 0),
  );
  if (explains < LONG_RENDERING) return CLEAR;
  const modifications = given.domModifications.get(interaction);
  if (modifications === undefined) return unknown('dom-modifications-not-recorded');
  if (modifications < MANY_MODIFICATIONS) return CLEAR;
  const code = segmentsOf(chain, 'handler', 'callback', 'responseHandler').at(-1);
  return found([
    {
      insight: 'large-dom-update',
      interaction,
      start: first.start,
      end: endOf(last),
      explains,
      evidence: weakest(...drawn.map(({ evidence }) => evidence)),
      sentence: `The interaction changed the document ${String(modifications)} times, and style, layout and paint took ${ms(explains)}.`,
      where: {
        ...NOWHERE,
        code:
          code === undefined
            ? []
            : pageCode(runningCode(interaction, { start: code.start, end: endOf(code) }, given)),
      },
    },
  ]);
}
