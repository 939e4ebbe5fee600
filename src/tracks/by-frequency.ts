import type { Label, ThreadTrack, Tracks } from './tracks.ts';

/** Numbers the labels anew, the most frequent first: small numbers take less room. Those of no span are dropped. */
export function byFrequency(
  labels: readonly Label[],
  threads: readonly ThreadTrack[],
): Pick<Tracks, 'labels' | 'threads'> {
  const counts = new Uint32Array(labels.length);
  for (const { spans } of threads) {
    for (const label of spans.label) counts[label] = (counts[label] ?? 0) + 1;
  }
  const order = [...counts.keys()]
    .filter((label) => (counts[label] ?? 0) > 0)
    .toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const places = new Uint32Array(labels.length);
  for (const [place, label] of order.entries()) places[label] = place;
  return {
    labels: order.flatMap((label) => labels[label] ?? []),
    threads: threads.map((thread) => ({
      ...thread,
      spans: { ...thread.spans, label: thread.spans.label.map((label) => places[label] ?? 0) },
    })),
  };
}
