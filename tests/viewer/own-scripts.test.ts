import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { AnimationFrames, FrameScript } from '../../src/result/rendering-result.ts';
import { ownScripts } from '../../viewer/layout/own-scripts.ts';
import { interaction } from '../support/loads.ts';

const script = (functionName: string, startMs: number): FrameScript => ({
  startMs,
  durationMs: 8,
  invokerType: 'PROMISE_RESOLVE',
  invokerClass: '',
  invokerProperty: '',
  url: 'http://page.test/app.js',
  functionName,
  charPosition: unavailable('unknown'),
  forcedStyleMs: 0,
  forcedLayoutMs: 0,
  pauseMs: 0,
});

const frames = (...scripts: readonly FrameScript[]): AnimationFrames => ({
  count: 1,
  over50Count: 0,
  longest: [
    {
      startMs: 0,
      durationMs: 10,
      blockingMs: unavailable('not-recorded'),
      renderStartMs: unavailable('no-rendering'),
      styleAndLayoutStartMs: unavailable('no-rendering'),
      firstUiEventMs: unavailable('no-input'),
      presentedMs: unavailable('not-presented'),
      scriptCount: scripts.length,
      scripts,
    },
  ],
});

test('the handler of a response is one of the scripts of a click whose button was held for two seconds', () => {
  const held = { ...interaction(24, 60), startMs: 100, icpStartMs: 2100 };
  const animationFrames = frames(
    script('before', 80),
    script('onPointerDown', 101),
    script('onResponse', 2150),
    script('after', 2170),
  );
  const names = (own: typeof held): readonly string[] =>
    ownScripts(own, { animationFrames }).map(({ functionName }) => functionName);
  expect(names(held)).toEqual(['onPointerDown', 'onResponse']);
  expect(names({ ...held, icpMs: unavailable('no-contentful-change') })).toEqual(['onPointerDown']);
});
