/** The world around a command. Tests give their own. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: (text: string) => void;
  /** Progress, notices, errors. */
  readonly stderr: (text: string) => void;
  /** Whether a person watches stderr. */
  readonly isInteractive: boolean;
  /** How many columns stdout has. Infinite where it is no terminal. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** From now on the user's first interruption means “enough”: it aborts this, and only a second one `signal`. */
  readonly untilEnough: () => AbortSignal;
}
