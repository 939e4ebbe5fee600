import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { redactMessage } from '../../src/server/redact-sql.ts';
import { agentOf, readBack } from '../support/server-agent.ts';
import { serving } from '../support/serving.ts';

const ERROR = { type: 'RangeError', message: 'No user ? is older than ?' };

const fail = (): never => {
  throw new RangeError("No user 'Ann' is older than 42");
};

describe('an error of a handler is recorded, without the values in it,', () => {
  test('and thrown as it was, with node:http', async () => {
    const agent = agentOf();
    const request = new IncomingMessage(new Socket());
    const listener = agent.wrap(fail);
    expect(() => listener(request, Object.assign(new ServerResponse(request), { req: request }))).toThrow(
      'Ann',
    );
    const { errors } = await readBack(agent);
    expect(errors).toMatchObject([ERROR]);
    expect(errors[0]?.stack[0]?.functionName).toBe('fail');
    expect(errors[0]?.stack[0]?.url).toMatch(/errors\.test\.ts$/);
    expect(errors[0]?.request).toMatch(/^[0-9a-f]{16}$/);
  });

  test('and handled by Express', async () => {
    const agent = agentOf();
    const app = express();
    app.use(agent.middleware);
    app.get('/', fail);
    app.use(agent.errorMiddleware);
    app.use(((_error, _request, response, _next) => {
      response.sendStatus(503);
    }) satisfies express.ErrorRequestHandler);
    expect((await fetch(await serving(createServer(app)))).status).toBe(503);
    await expect.poll(async () => (await readBack(agent)).requests.length).toBe(1);
    const { errors, requests } = await readBack(agent);
    expect(errors).toMatchObject([{ ...ERROR, request: requests[0]?.id }]);
    expect(requests[0]?.status).toBe(503);
  });

  test('and handled by Fastify', async () => {
    const agent = agentOf();
    const app = fastify();
    onTestFinished(() => app.close());
    await app.register(agent.fastify);
    app.get('/', () => Promise.reject(new RangeError("No user 'Ann' is older than 42")));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    expect((await fetch(url)).status).toBe(500);
    expect((await readBack(agent)).errors).toMatchObject([ERROR]);
  });

  test('or by the app, if it tells of it; whatever was thrown', async () => {
    const agent = agentOf();
    agent.recordError(new TypeError('x'));
    agent.recordError('secret');
    agent.recordError(undefined);
    const { errors } = await readBack(agent);
    expect(errors.map(({ type, message }) => `${type} ${message}`)).toEqual([
      'TypeError x',
      'Error string',
      'Error undefined',
    ]);
  });
});

class Hostile extends Error {
  override get message(): string {
    throw new Error('read');
  }
}

const withMessage = (message: unknown): Error => Object.assign(new Error('x'), { message });

const { proxy: revoked, revoke } = Proxy.revocable(new Error('gone'), {});
revoke();

describe('whatever an error has as its message, its own handler gets it', () => {
  test.each([
    ['an object', withMessage({ field: 'name' }), 'Error [object Object]'],
    ['a list', withMessage(['too short', 'no letter']), 'Error too short,no letter'],
    ['a symbol', withMessage(Symbol('why')), 'Error Symbol(why)'],
    ['nothing', withMessage(undefined), 'Error undefined'],
    ['what has no text', withMessage(Object.create(null)), 'Error unreadable'],
    ['what throws when it is read', new Hostile(), 'Error unreadable'],
    ['a name that is no text', Object.assign(new Error('x'), { name: { toString: fail } }), 'unreadable x'],
    ['a stack that is none', Object.assign(new Error('x'), { stack: [{}] }), 'Error x'],
    [
      'a stack of another machine',
      Object.assign(new Error('x'), { stack: 'Error: x\n    at file://host/a.js:1:2' }),
      'Error x',
    ],
    ['no life left', revoked, 'Error object'],
  ])('%s', async (_, error, told) => {
    const agent = agentOf();
    const handled: unknown[] = [];
    const request = new IncomingMessage(new Socket());
    agent.errorMiddleware(error, request, new ServerResponse(request), (passed) => handled.push(passed));
    expect(handled).toHaveLength(1);
    expect(Object.is(handled[0], error)).toBe(true);
    const { errors } = await readBack(agent);
    expect(errors.map(({ type, message }) => `${type} ${message}`)).toEqual([told]);
  });
});

/** Runs a program in a process of its own. */
async function ran(
  program: string,
): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> {
  const url = new URL('../../src/server/index.ts', import.meta.url).href;
  const source = `import { inpactServer } from ${JSON.stringify(url)};\nconst agent = inpactServer({ enabled: true });\n${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

test('a promise that a handler breaks stays unhandled, as it was', { timeout: 30_000 }, async () => {
  const { code, out } = await ran(`
    import { createServer } from 'node:http';
    process.once('unhandledRejection', ({ message }) => {
      const errors = agent.trace().traceEvents.filter(({ name }) => name === 'inpact.error');
      console.log(message, errors.length);
      process.exit();
    });
    const server = createServer(agent.wrap(async () => { throw new Error('broken'); })).listen(0, '127.0.0.1', () => {
      fetch('http://127.0.0.1:' + server.address().port).catch(() => undefined);
    });`);
  expect([code, out]).toEqual([0, 'broken 1\n']);
});

test('a process that has nothing else to do ends, and says nothing', { timeout: 30_000 }, async () => {
  expect(await ran('setTimeout(() => undefined, 300);')).toEqual({ code: 0, out: '', err: '' });
});

test.each([
  ['invalid input syntax for type integer: "12a"', 'invalid input syntax for type integer: ?'],
  ["Can't find user 'O\\'Neil'", "Can't find user ?"],
  ['Key (email)=(a@b.c) of `users` exists 3 times', 'Key (email)=(a@b.c) of ? exists ? times'],
  ['"never closed', '?'],
])('%j is told as %j', (message, told) => {
  expect(redactMessage(message)).toBe(told);
});
