import { seededRandom } from '../support/random.ts';
import { mutated } from './mutations.ts';
import type { Seed } from './seeds.ts';

/** The input of one case: the same on every machine, and had without those before it. */
export const inputOf = (seeds: readonly Seed[], campaign: number, number: number): Uint8Array =>
  mutated(seeds, seededRandom(1 + (scrambled(campaign, number) % 2_147_483_646)));

/** The generator's first numbers follow its seed closely: neighbouring cases would be alike. */
function scrambled(campaign: number, number: number): number {
  let hash = Math.imul(campaign ^ 0x9e37_79b9, 0x85eb_ca6b) ^ number;
  for (const factor of [0x7feb_352d, 0x846c_a68b, 0xc2b2_ae35]) {
    hash = Math.imul(hash ^ (hash >>> 15), factor);
  }
  return (hash ^ (hash >>> 16)) >>> 0;
}
