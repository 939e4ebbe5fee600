import { scenarioOf } from '../../src/capture/action-steps.ts';
import { loadScenario } from '../../src/capture/load-scenario.ts';
import { READY, startServer } from '../../src/capture/own-server.ts';
import { viewportOf } from '../../src/capture/recorder-flow.ts';
import type { Scenario } from '../../src/capture/scenario.ts';
import { serverTraceAt } from '../../src/capture/server-trace-source.ts';
import type { Settings } from '../../src/capture/settings.ts';
import { InpactError } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { record } from '../record.ts';
import type { Flags } from '../record-flags.ts';
import { settingsFor } from '../settings.ts';

/** Records the user's own site. */
export async function recordCommand(address: string | undefined, flags: Flags, io: Io): Promise<void> {
  const given = address === undefined ? {} : { url: address };
  const settings = await settingsFor({ ...flags, ...given }, io);
  // Before anything is started, so that a slip of the pen costs nothing.
  const { scenario, size } = await whatToDo(settings);
  const url = httpUrl(settings.url ?? scenario.url);
  const stopServer = await serverOf(settings);
  try {
    const variants = [{ name: 'page', description: url, url }];
    const server = settings.serverTrace === undefined ? {} : { server: serverTraceAt(settings.serverTrace) };
    await record(
      { scenario, variants, judges: [], ...server, ...(size === undefined ? {} : { size }) },
      settings,
      io,
    );
  } finally {
    await stopServer();
  }
}

interface WhatToDo {
  readonly scenario: Scenario;
  /** The window that it was made for. */
  readonly size?: string | undefined;
}

async function whatToDo({ scenario: path, actions }: Settings): Promise<WhatToDo> {
  if (path !== undefined && actions.length > 0) {
    throw new InpactError('bad-usage', 'There is a scenario, and actions beside it', {
      hint: 'Give --scenario, or --click, --type and --press.',
    });
  }
  if (actions.length > 0) return { scenario: scenarioOf(actions) };
  if (path !== undefined) {
    const size = path.endsWith('.json') ? await viewportOf(path) : undefined;
    return { scenario: await loadScenario(path), size };
  }
  throw new InpactError('bad-usage', 'It is not said what to do on the page', {
    hint: 'Give --scenario <file>, or --click <selector>, --type <selector>=<text> and --press <key>.',
  });
}

function httpUrl(address: string | undefined): string {
  if (address === undefined) {
    throw new InpactError('bad-usage', 'It is not said which page to record', {
      hint: 'Give its address: inpact record http://localhost:8000/ --click "#search".',
    });
  }
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new InpactError('bad-usage', `${address} is not a web address`, {
    hint: 'Give one that begins with http:// or https://.',
  });
}

async function serverOf({
  startServer: command,
  readyPattern,
  readyTimeoutMs,
}: Settings): Promise<() => Promise<void>> {
  if (command === undefined) return () => Promise.resolve();
  return startServer({ command, readyPattern: patternOf(readyPattern), readyTimeoutMs });
}

function patternOf(text: string | undefined): RegExp {
  if (text === undefined) return READY;
  try {
    return new RegExp(text, 'i');
  } catch (cause) {
    throw new InpactError('bad-usage', `${text} is no pattern`, { cause });
  }
}
