import { fileSystem } from './file-system.ts';

/** What this machine calls its current run: programs with the same one share a clock. Undefined where it has none, as only Linux does. */
export function bootId(): string | undefined {
  try {
    return fileSystem.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}
