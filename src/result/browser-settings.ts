import type { Redaction } from '../redact/redaction.ts';
import type { Unavailable } from '../base/measure.ts';

/** What was asked of the browser and of the page's surroundings: two recordings compare only where these are alike. */
export interface BrowserSettings {
  readonly headless: boolean;
  /** Whether a browser was used that ran already (`--browser-url`, `--ws-endpoint`). */
  readonly attached: boolean;
  readonly device: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly cpu: CpuThrottle;
  readonly network: NetworkThrottle | null;
  readonly blockedUrls: readonly string[];
  /** `warm`: the page was loaded once before in the same profile. */
  readonly cache: CacheState;
  readonly serviceWorkers: boolean;
  readonly categoryPreset: CategoryPreset;
  readonly redaction: Redaction;
  /** Their names alone: values may be secret. */
  readonly extraHeaders: readonly string[];
  readonly basicAuth: boolean;
  /** Whether cookies and local storage came from a file. */
  readonly storage: boolean;
}

export interface CpuThrottle {
  /** By how much Chrome slowed the page's main thread down. 1 is not at all. */
  readonly rate: number;
  /** The class of device that the rate was chosen for. Null where the user gave the rate. */
  readonly deviceClass: DeviceClass | null;
  /** What this host reached in the benchmark that the classes are defined by (Lighthouse's BenchmarkIndex). */
  readonly hostScore: number | Unavailable<'not-measured'>;
}

export type DeviceClass = 'low-tier-mobile' | 'mid-tier-mobile';

export interface NetworkThrottle {
  readonly preset: string;
  readonly latencyMs: number;
  readonly downloadKbps: number;
  readonly uploadKbps: number;
}

export type CacheState = 'cold' | 'warm';

/** `light`: what interactions, tasks and requests need, and nothing that slows the page down. `full`: all that helps to explain. */
export type CategoryPreset = 'light' | 'full';
