import { micro } from '../../base/units.ts';
import type { ForcedReflow } from '../../timeline/rendering/forced-reflow.ts';
import { positionKey } from '../../timeline/source-position.ts';
import { covered } from '../covered.ts';
import { weakest } from '../evidence.ts';
import { forcingLine } from '../forcing-line.ts';
import { forcedWithin } from '../forced-within.ts';
import type { Segment } from '../segments.ts';
import { CLEAR, type Examined, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { pageCode } from './page-code.ts';
import { FORCED_REFLOW } from './thresholds.ts';
import { endOf, segmentsOf } from './waits.ts';
import { counted, ms } from './words.ts';

export const forcedReflow: Insight = {
  id: 'forced-reflow',
  title: 'A script forced style and layout',
  advice:
    'Read all sizes first and write afterwards: each reading after a writing makes the browser lay the page out at once.',
  examine: ({ interaction, chain }, given) => {
    const scripts = segmentsOf(chain, 'handler', 'callback', 'responseHandler');
    return forcedIn(scripts, { interaction, chain }, given);
  },
};

/** Only what the interaction's own code forced: layout that other scripts force in the meantime is not its doing. */
function forcedIn(scripts: readonly Segment[], { interaction }: Subject, { facts }: Examined): Outcome {
  const [first] = scripts;
  const last = scripts.at(-1);
  const reflows = scripts.flatMap((segment) =>
    forcedWithin(facts.forcedReflows, interaction, segment.start, endOf(segment)),
  );
  const explains = micro(
    scripts.reduce((sum, segment) => sum + covered(reflows, segment.start, endOf(segment)), 0),
  );
  if (first === undefined || last === undefined || explains < FORCED_REFLOW) return CLEAR;
  const worst = worstLine(reflows, (reflow) => forcingLine(reflow, facts.cpuProfiles)?.position);
  return found([
    {
      insight: 'forced-reflow',
      interaction,
      start: first.start,
      end: endOf(last),
      explains,
      evidence: weakest(...scripts.map(({ evidence }) => evidence)),
      sentence: `Scripts made the browser bring style or layout up to date ${counted(reflows.length, 'time', 'times')} at once, ${ms(explains)} in all.`,
      where: {
        ...NOWHERE,
        code: pageCode([worst?.position, worst?.reflow.dirtiedBy]),
      },
    },
  ]);
}

type Position = NonNullable<ForcedReflow['forcedBy']>;

interface Line {
  readonly position: Position;
  readonly reflow: ForcedReflow;
}

/** The line that forced most, and the longest that it forced. */
function worstLine(
  reflows: readonly ForcedReflow[],
  lineOf: (reflow: ForcedReflow) => Position | undefined,
): Line | undefined {
  const lines = reflows.flatMap((reflow): readonly Line[] => {
    const position = lineOf(reflow);
    return position === undefined ? [] : [{ position, reflow }];
  });
  const byLine = Map.groupBy(lines, ({ position }) => positionKey(position));
  const total = (own: readonly Line[]): number => own.reduce((sum, { reflow }) => sum + reflow.duration, 0);
  const [most] = [...byLine.values()].toSorted((a, b) => total(b) - total(a));
  return most?.toSorted((a, b) => b.reflow.duration - a.reflow.duration)[0];
}
