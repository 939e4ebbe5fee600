import { numberText } from '../../src/index.ts';
import type { SavedReport } from '../save-report.ts';

/** What a report weighs, and what it lacks: a line each. */
export function reportSizeText({ bytes, maxBytes, fitted, missing }: SavedReport): string {
  const lines = [`Report of ${kilobytes(bytes)}, at most ${kilobytes(maxBytes)} (--max-report-size).`];
  if (fitted.leftOutCount > 0) {
    lines.push(
      fitted.shorterThanMs === Number.MAX_VALUE
        ? `There was no room for a timeline: its ${numberText(fitted.leftOutCount)} spans are left out.`
        : `${numberText(fitted.leftOutCount)} spans shorter than ${String(fitted.shorterThanMs)} ms are left out of the timeline for want of room.`,
    );
  }
  if (bytes > maxBytes) lines.push('It is larger all the same: the figures alone take that much.');
  for (const id of missing) lines.push(`There is no timeline of load ${id}: its trace can't be read.`);
  return lines.join('\n');
}

const kilobytes = (bytes: number): string => `${numberText(Math.ceil(bytes / 1000))} kB`;
