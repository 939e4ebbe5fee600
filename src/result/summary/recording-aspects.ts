import type { Session } from '../session.ts';

/** What is alike where two sessions were recorded alike. */
export type Aspect = keyof typeof ASPECTS;

const ASPECTS = {
  scenario: ({ scenario }: Session): unknown => scenario,
  variants: ({ variants }: Session): unknown => variants,
  plan: ({ plan: { runs, warmUps, repetitions } }: Session): unknown => ({ runs, warmUps, repetitions }),
  repetitions: ({ plan }: Session): unknown => plan.repetitions,
  Chrome: ({ environment }: Session): unknown => environment.chrome,
  // A class of devices is the same wish, whatever rate a host needs for it.
  settings: ({ environment: { browser, viewport } }: Session): unknown => ({
    ...browser,
    cpu: browser.cpu.deviceClass ?? browser.cpu.rate,
    viewport,
  }),
  machine: ({ environment: { platform, cpuModel, cpuCount } }: Session): unknown => ({
    platform,
    cpuModel,
    cpuCount,
  }),
} as const;

/** In which of these aspects two sessions differ. */
export const differingAspects = (
  aspects: readonly Aspect[],
  one: Session,
  other: Session,
): readonly Aspect[] =>
  aspects.filter((aspect) => JSON.stringify(ASPECTS[aspect](one)) !== JSON.stringify(ASPECTS[aspect](other)));
