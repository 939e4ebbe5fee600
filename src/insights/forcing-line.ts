import { lastWhere } from '../base/last-where.ts';
import type { CpuProfile, CpuProfiles } from '../timeline/cpu/cpu-profile.ts';
import type { ForcedReflow } from '../timeline/rendering/forced-reflow.ts';
import type { SourcePosition } from '../timeline/source-position.ts';
import { threadKey } from '../timeline/threads/thread.ts';

/** What forced a reflow, and how that is known. */
export interface ForcingLine {
  /** A stack names the very line, a profile only where the function begins. */
  readonly from: 'stack' | 'profile';
  readonly position: SourcePosition;
}

/** The line that asked for style or layout: by the stack that the event carries, else by the CPU's profile. */
export function forcingLine(reflow: ForcedReflow, profiles: CpuProfiles): ForcingLine | undefined {
  if (reflow.forcedBy !== undefined) return { from: 'stack', position: reflow.forcedBy };
  const profile = profiles.get(threadKey(reflow));
  const position = profile && runningDuring(reflow, profile);
  return position && { from: 'profile', position };
}

/** The function that a sample saw during the reflow, which waits for it; else the last one seen in the same script. */
function runningDuring(
  { start, duration, scriptStart }: ForcedReflow,
  { times, samples, functionOf, functions }: CpuProfile,
): SourcePosition | undefined {
  if (scriptStart === undefined) return undefined;
  const after = lastWhere(times.length, (index) => (times[index] ?? Infinity) < start) + 1;
  const during = (times[after] ?? Number.POSITIVE_INFINITY) <= start + duration;
  const sample = during ? after : after - 1;
  if ((times[sample] ?? Number.NEGATIVE_INFINITY) < scriptStart) return undefined;
  return functions[functionOf[samples[sample] ?? -1] ?? -1];
}
