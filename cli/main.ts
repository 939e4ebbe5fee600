#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { EXIT } from './exit-code.ts';

// A short run is mostly the compiling of what it imports, so it is kept, and the rest imported after.
enableCompileCache();
const { run } = await import('./run.ts');

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The first lets the command end in order. After it the signal has its usual effect again.
  process.once(signal, () => {
    interruption.abort();
  });
}
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

process.exitCode = await run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  signal: interruption.signal,
});
// Puppeteer leaves a timer of 30 s behind if its browser goes while a page is being opened. All has been written by now.
if (interruption.signal.aborted) process.exit();
