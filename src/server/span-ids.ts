import { randomFillSync } from 'node:crypto';

/** Random bytes are cheap by the thousand, and dear one id at a time. */
const POOL = Buffer.alloc(4096);
let used = POOL.length;

/** So many random bytes, as hexadecimal digits. */
export function randomHex(bytes: number): string {
  if (used + bytes > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += bytes;
  return POOL.toString('hex', used - bytes, used);
}
