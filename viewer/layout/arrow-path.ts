export interface Place {
  readonly x: number;
  readonly y: number;
}

const BOW_PX = 14;

/** A bow from one place to another that begins and ends sideways, so that arrows at one moment can be told apart. */
export function arrowPath(from: Place, to: Place): string {
  const bow = Math.min(BOW_PX, Math.abs(to.y - from.y) / 3);
  return `M${String(from.x)} ${String(from.y)}C${String(from.x + bow)} ${String(from.y)} ${String(to.x - bow)} ${String(to.y)} ${String(to.x)} ${String(to.y)}`;
}
