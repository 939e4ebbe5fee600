#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit-code.ts';

const OLDEST_NODE = [22, 12] as const;

// Only what every Node has is imported before this is known: an older one would fail with a stack that says nothing.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  process.stderr.write(
    `INPact needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(EXIT.badUsage);
}

// An analysis ends before what V8's most expensive compiler makes pays, and before garbage that is marked in small steps has been
// cleared: without both it is a sixth sooner done. Nor may the space for short-lived objects double again and again: at up to
// 134 MB it would be most of what a large trace takes. A Node that no longer knows these flags would say so on stderr.
const KNOWS_FLAGS = [22, 24] as const;
if (major >= KNOWS_FLAGS[0] && major <= KNOWS_FLAGS[1]) {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--no-turbofan');
  setFlagsFromString('--no-incremental-marking');
  setFlagsFromString('--semi-space-growth-factor=1');
}

// A short run is mostly the compiling of what it imports: kept beside the program, and the rest is imported after.
const { enableCompileCache } = await import('node:module');
enableCompileCache(fileURLToPath(new URL('../compile-cache', import.meta.url)));
const { run } = await import('./run.ts');

const interruption = new AbortController();
// The last of them is aborted first. When there is none left, the signal has its usual effect again.
const interruptible = [interruption];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const interrupt = (): void => {
  interruptible.pop()?.abort();
  if (interruptible.length === 0) for (const signal of SIGNALS) process.off(signal, interrupt);
};
for (const signal of SIGNALS) process.on(signal, interrupt);
// Node ends with 1 after what nobody caught, which here would mean "over budget".
process.once('uncaughtExceptionMonitor', () => {
  process.once('exit', () => {
    process.exitCode = EXIT.bug;
  });
});
// A reader that closes the pipe early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
// Nor is one of stderr, or a terminal that has gone, a reason to lose a recording and to leave a server behind: it goes on unheard.
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  signal: interruption.signal,
  untilEnough: () => {
    const enough = new AbortController();
    interruptible.push(enough);
    return enough.signal;
  },
});
// Puppeteer leaves a timer of 30 s behind if its browser goes while a page is being opened. All has been written by now.
if (interruption.signal.aborted) process.exit();
