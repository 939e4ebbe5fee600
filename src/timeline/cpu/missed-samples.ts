/** What stands in a profile for time without JavaScript. */
export const IS_META: ReadonlySet<string> = new Set(['(root)', '(program)', '(idle)', '(garbage collector)']);

/** A profile's samples and the nodes that they name. */
export interface SampledNodes {
  /** By sample: a node, or -1 where the node was lost. */
  readonly samples: Int32Array;
  readonly parents: Int32Array;
  readonly nameOf: (node: number) => string;
}

/**
 * Mends what V8's sampler gets wrong, as DevTools does: one `(program)` between two samples of the same outermost
 * function is a stack that could not be walked, and the garbage collector hides the function that it interrupted.
 */
export function withoutMissedSamples({ samples, parents, nameOf }: SampledNodes): {
  readonly samples: Int32Array;
  readonly collecting: Uint8Array;
} {
  const outermost = outermostScripts(parents, nameOf);
  const isProgram = new Uint8Array(parents.length);
  const isCollector = new Uint8Array(parents.length);
  for (let node = 0; node < parents.length; node++) {
    const name = nameOf(node);
    if (name === '(program)') isProgram[node] = 1;
    else if (name === '(garbage collector)') isCollector[node] = 1;
  }
  const collecting = new Uint8Array(samples.length);
  const mended = samples.slice();
  for (let index = 0; index < samples.length; index++) {
    if (isProgram[samples[index] ?? -1] !== 1) continue;
    const before = samples[index - 1] ?? -1;
    const script = outermost[before] ?? -1;
    if (script !== -1 && script === outermost[samples[index + 1] ?? -1]) mended[index] = before;
  }
  let interrupted = -1;
  for (let index = 0; index < mended.length; index++) {
    const node = mended[index] ?? -1;
    if (isCollector[node] === 1) {
      collecting[index] = 1;
      mended[index] = interrupted;
    } else interrupted = node;
  }
  return { samples: mended, collecting };
}

/** By node: the outermost function that called it, or -1 where the node is no function. Callers stand before the called. */
function outermostScripts(parents: Int32Array, nameOf: SampledNodes['nameOf']): Int32Array {
  const outermost = new Int32Array(parents.length);
  for (let node = 0; node < parents.length; node++) {
    if (IS_META.has(nameOf(node))) {
      outermost[node] = -1;
      continue;
    }
    const callers = outermost[parents[node] ?? -1] ?? -1;
    outermost[node] = callers === -1 ? node : callers;
  }
  return outermost;
}
