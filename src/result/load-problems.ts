export type LoadProblemCode =
  | 'data-loss'
  | 'buffer-full'
  | 'partial-trace'
  | 'no-main-thread'
  | 'missing-step-marker'
  | 'server-trace-missing'
  | 'clock-anomaly'
  | 'host-busy'
  | 'missing-interaction'
  | 'missing-paint'
  | 'missing-request'
  | 'bad-selector'
  | 'element-not-found'
  | 'element-not-visible'
  | 'element-covered'
  | 'element-moving'
  | 'step-timeout'
  | 'step-failed'
  | 'navigation-failed'
  | 'navigation-timeout'
  | 'redirect-loop'
  | 'certificate-error'
  | 'no-document'
  | 'page-error-status'
  | 'wrong-origin'
  | 'page-hidden'
  | 'page-not-painting'
  | 'page-hung'
  | 'page-crashed'
  | 'page-closed'
  | 'browser-hung'
  | 'browser-failed';

/** What made one load unfit. */
export interface LoadProblem {
  readonly code: LoadProblemCode;
  readonly message: string;
}

/** What a code means, and what whoever sees it can do. */
export interface ProblemMeaning {
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * Everything that can make a recorded load unfit to be judged: the one table behind the session's schema, the messages and
 * docs/error-codes.md.
 */
export const LOAD_PROBLEMS: Readonly<Record<LoadProblemCode, ProblemMeaning>> = {
  // The trace.
  'data-loss': {
    meaning: 'Chrome says that it lost trace data.',
    remedy: 'Record fewer categories (`--categories light`), or shorter steps.',
  },
  'buffer-full': {
    meaning: "Chrome's trace buffer was full.",
    remedy: 'Record fewer categories (`--categories light`), or shorter steps.',
  },
  'partial-trace': { meaning: 'The trace ends early.', remedy: 'Look at what else the session names.' },
  'no-main-thread': {
    meaning: "The trace names no renderer's main thread.",
    remedy: 'Look at what else the session names.',
  },
  'missing-step-marker': {
    meaning: 'The trace does not show where the step ran.',
    remedy: 'It follows from the problem before it.',
  },
  'server-trace-missing': {
    meaning: 'The server did not give the trace that it keeps of itself.',
    remedy: 'Did the server end, or begin anew, during the load?',
  },
  'clock-anomaly': {
    meaning: "The trace's clock and the host's disagree about how long the load took.",
    remedy: 'Was the machine suspended, or its clock set? Record again.',
  },
  // The machine.
  'host-busy': {
    meaning: 'The host had no processor for the page: the hypervisor took it, or other programs did.',
    remedy: 'Record again when the machine has nothing else to do, or on one that has.',
  },
  // What steps promise.
  'missing-interaction': {
    meaning: 'A step that should have been an interaction produced none.',
    remedy: 'Use real input (`user.click`), not `element.click()`; or say `expects: "nothing"`.',
  },
  'missing-paint': {
    meaning: 'A step that should have painted its result painted no content that Chrome attributes to it.',
    remedy: 'Let the step wait for its result (`user.see`); or say `expects: "interaction"`.',
  },
  'missing-request': {
    meaning: 'A step sent no request to the address that it should have.',
    remedy: "Compare the step's `request` pattern with the requests in the report.",
  },
  // Steps.
  'bad-selector': {
    meaning: 'A selector is not valid.',
    remedy: 'Write it in CSS, or as Puppeteer does: `::-p-text(Search)`, `::-p-aria(Search)`.',
  },
  'element-not-found': {
    meaning: 'No element matched a selector in time.',
    remedy: 'Try the selector in the browser (`--headed`); give it more time with `--element-timeout-ms`.',
  },
  'element-not-visible': {
    meaning: 'An element was there, but could not be seen.',
    remedy: 'Name the visible one, or bring it into view in a step before.',
  },
  'element-covered': {
    meaning: 'Something else lies over an element that was to be pointed at.',
    remedy: 'Close what covers it (a cookie banner?) in a step before.',
  },
  'element-moving': {
    meaning: 'An element did not come to rest, so nobody could have hit it.',
    remedy: 'Wait in `prepare` until the animation is over.',
  },
  'step-timeout': {
    meaning: 'A step was not over in time.',
    remedy: 'Give it more with `--step-timeout-ms`, or see what it waits for.',
  },
  'step-failed': { meaning: 'A step failed.', remedy: 'Watch it with `--headed`.' },
  // The page.
  'navigation-failed': {
    meaning: 'The page could not be loaded.',
    remedy: 'Open the address in a browser on this machine.',
  },
  'navigation-timeout': {
    meaning: 'The page was not loaded in time.',
    remedy: 'Give it more with `--navigation-timeout-ms`, or see which request does not end.',
  },
  'redirect-loop': { meaning: 'The page redirects without end.', remedy: 'Mend the redirects.' },
  'certificate-error': {
    meaning:
      "The connection is not secure: the server's certificate is not trusted, or it does not speak TLS.",
    remedy: 'Trust it on this machine; or for a test server `--chrome-flags=--ignore-certificate-errors`.',
  },
  'no-document': {
    meaning: 'The address gave no page: a download, or an answer without content.',
    remedy: 'Give the address of a page.',
  },
  'page-error-status': {
    meaning: "The server answered the page's address with an error.",
    remedy: 'Open the address in a browser; is a log-in missing (`--basic-auth`, or a set-up)?',
  },
  'wrong-origin': {
    meaning: 'The page led to another origin than the one that was asked for.',
    remedy: 'Give the final address, log in beforehand, or allow it with `--allow-origins`.',
  },
  'page-hidden': { meaning: 'The page was not visible.', remedy: 'Did it open a window over itself?' },
  'page-not-painting': {
    meaning: 'The page painted no frame: its renderer is throttled or stands still.',
    remedy: 'With `--headed`, leave the window visible.',
  },
  'page-hung': {
    meaning: "The page's main thread did not answer: an endless loop?",
    remedy: 'The trace shows which function runs when it stops.',
  },
  'page-crashed': {
    meaning: 'The page crashed, or Chrome ended it for want of memory.',
    remedy: 'Does it crash by hand as well? Watch its memory.',
  },
  'page-closed': {
    meaning: 'The page closed itself.',
    remedy: 'Leave the page open until the steps are over.',
  },
  // The browser.
  'browser-hung': {
    meaning: 'Chrome did not answer in time, and was ended.',
    remedy: 'Is the machine overloaded, or out of memory?',
  },
  'browser-failed': {
    meaning: 'Chrome ended, or the connection to it did.',
    remedy: 'Did the system end it for want of memory? In a container: is /dev/shm large enough?',
  },
};
