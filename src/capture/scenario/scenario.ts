import type { Page } from 'puppeteer-core';
import type { StepExpectation } from '../../result/session.ts';
import type { User } from '../page/user.ts';

/** What is done to a page, in named steps. Each step is measured on its own. */
export interface Scenario {
  readonly name: string;
  /** The page's address, where the command line gives none. */
  readonly url?: string;
  /** Before each load, in the same browser profile, outside the trace: a log-in, say. */
  readonly setUp?: (context: SetUpContext) => Done;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  /** For people, as a clause: "Click on “Search”, server idle". The name, if absent. */
  readonly description?: string;
  /** What a load is invalid without: an interaction; an interaction and a paint of its result; or nothing. */
  readonly expects: StepExpectation;
  /** Also expected: a request to an address in which this occurs. `*` stands for anything. */
  readonly request?: string;
  /** Before the step, and each repetition of it, is measured: brings page and server into the state that it needs. */
  readonly prepare?: (context: StepContext) => Done;
  /** The step itself. It ends when the result is on the page. */
  readonly run: (context: StepContext) => Done;
  /** After the step was measured, also when it failed. */
  readonly cleanUp?: (context: StepContext) => Done;
}

/** A function of a scenario may be asynchronous, and need not be. */
type Done = void | Promise<void>;

export interface SetUpContext {
  /** Puppeteer's page, for all that `user` lacks. */
  readonly page: Page;
  /** Real input, as a person would give it. */
  readonly user: User;
  /** The name of the variant that is being recorded. */
  readonly variant: string;
  /** The variant's address. */
  readonly url: string;
}

export interface StepContext extends SetUpContext {
  /** How often the step has run before within this load. */
  readonly repetition: number;
}
