// A trace that nobody could record: as many spans as one asks for, on one main thread.

/** By depth. */
const LABELS = /** @type {const} */ ([
  ['RunTask', 'task'],
  ['FunctionCall', 'scripting'],
  ['Layout', 'rendering'],
  ['Paint', 'painting'],
  ['UpdateLayoutTree', 'rendering'],
  ['V8.Execute', 'scripting'],
  ['ParseHTML', 'loading'],
  ['MinorGC', 'garbage'],
]);
const DEPTH = LABELS.length;

/**
 * Tasks one after the other, each with a stack of spans in it that halve from depth to depth.
 * @param {number} count
 * @param {import('../dist/src/index.js').TraceResult} empty
 */
export function manySpans(count, empty) {
  const spans = {
    startMs: new Float64Array(count),
    durationMs: new Float64Array(count),
    cpuMs: new Float64Array(count).fill(-1),
    depth: new Uint16Array(count),
    label: new Uint32Array(count),
  };
  let at = 0;
  let seed = 1;
  // The same pseudo-random lengths each time: Park and Miller's generator.
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let index = 0; index < count;) {
    const lengthUs = 20 + Math.floor(random() ** 8 * 60_000);
    for (let depth = 0; depth < DEPTH && index < count; depth++, index++) {
      spans.startMs[index] = (at + depth) / 1000;
      spans.durationMs[index] = Math.max(1, Math.floor(lengthUs / 2 ** (depth / 2)) - 2 * depth) / 1000;
      spans.depth[index] = depth;
      spans.label[index] = depth;
    }
    at += lengthUs + Math.floor(random() * 100);
  }
  const spanMs = at / 1000;
  return {
    trace: { ...empty, spanMs },
    tracks: {
      spanMs,
      labels: LABELS.map(([name, category]) => ({ name, category, url: '', line: 0, isFunction: false })),
      threads: [{ pid: 1, tid: 1, name: 'CrRendererMain', processName: 'Renderer', role: 'page', spans }],
      userTimings: [],
      animationFrames: [],
      forcedReflows: [],
      server: null,
      leftOut: null,
    },
  };
}
