/** As DevTools names its traces, with the variant and the load's number: `Trace-20261123T101500-sync-backed-3.json.gz`. */
export function traceFileName(at: Date, variant: string, index: number): string {
  return `Trace-${compactTime(at)}-${safe(variant)}-${String(index + 1)}.json.gz`;
}

/** `20261123T101500`, in UTC. */
export const compactTime = (at: Date): string => at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

/** A name that comes from a scenario must not leave the folder, nor trouble any file system. */
export const safe = (name: string): string =>
  name.replaceAll(/[^a-zA-Z0-9_-]+/g, '-').slice(0, 60) || 'unnamed';
