import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';

/** A round number of 1 or more, at or above every value: the end of a scale that starts at 0. */
export function niceMax(values: readonly number[]): number {
  const [, end = 1] = scaleLinear()
    .domain([0, Math.max(1, max(values) ?? 0)])
    .nice(4)
    .domain();
  return end;
}
