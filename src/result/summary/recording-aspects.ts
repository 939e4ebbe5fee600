import type { RecordingAspect, Session } from '../session.ts';

/** In which two sessions may differ: those of a comparison, and those that the shards of a plan must share beside. */
export type Aspect = RecordingAspect | 'variants' | 'plan';

const ASPECTS: Readonly<Record<Aspect, (session: Session) => unknown>> = {
  scenario: ({ scenario }) => scenario,
  variants: ({ variants }) => variants,
  plan: ({ plan: { runs, warmUps, repetitions } }) => ({ runs, warmUps, repetitions }),
  repetitions: ({ plan }) => plan.repetitions,
  Chrome: ({ environment }) => environment.chrome,
  // A class of devices is the same wish, whatever rate a host needs for it.
  settings: ({ environment: { browser, viewport } }) => ({
    ...browser,
    cpu: browser.cpu.deviceClass ?? browser.cpu.rate,
    viewport,
  }),
  machine: ({ environment: { platform, cpuModel, cpuCount } }) => ({ platform, cpuModel, cpuCount }),
};

/** In which of these aspects two sessions differ. */
export const differingAspects = <Of extends Aspect>(
  aspects: readonly Of[],
  one: Session,
  other: Session,
): readonly Of[] =>
  aspects.filter((aspect) => JSON.stringify(ASPECTS[aspect](one)) !== JSON.stringify(ASPECTS[aspect](other)));
