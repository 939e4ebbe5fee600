import { describe, expect, test } from 'vitest';
import { callback } from '../support/causes.ts';
import { FETCH, segmentsOf } from '../support/chains.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint, interaction } from '../support/interactions.ts';
import { call, layout } from '../support/rendering.ts';

const keydown = interaction({
  interactionId: 7,
  type: 'keydown',
  start: 100,
  processing: [105, 115],
  end: 150,
});
const keyup = interaction({ interactionId: 7, type: 'keyup', start: 190, processing: [191, 192], end: 200 });

describe('a chain to the next paint', () => {
  test('has no handler that ran after it: a key was released later', async () => {
    expect(await segmentsOf([keydown, keyup, layout(120, 10)])).toEqual([
      'inputDelay 5',
      'handler 10',
      'rendering 15',
      'presentation 20',
    ]);
  });

  test('has no handler of a frame that came later: the click after a long press', async () => {
    const press = interaction({
      interactionId: 7,
      type: 'pointerdown',
      start: 0,
      processing: [10, 260],
      end: 300,
    });
    const click = interaction({
      interactionId: 7,
      type: 'click',
      start: 80,
      processing: [290, 300],
      end: 320,
    });
    expect(await segmentsOf([press, click])).toEqual(['inputDelay 10', 'handler 250', 'presentation 40']);
  });

  test('has the handlers of all events that waited for it', async () => {
    const press = interaction({
      interactionId: 7,
      type: 'keypress',
      start: 101,
      processing: [116, 130],
      end: 150,
    });
    expect(await segmentsOf([keydown, press])).toEqual(['inputDelay 5', 'handler 25', 'presentation 20']);
  });
});

describe('a chain to the result of a key press', () => {
  const paint = [
    contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
    call(280, 4, 'run', 1),
  ];

  test('waits for a timer that the key’s handler set, whenever the key is released', async () => {
    const timer = callback('timer', { id: 3, at: 110, runs: [[150, 5]] });
    const fetched = exchange('a', { ...FETCH, sent: 151 });
    expect((await segmentsOf([keydown, keyup, timer, ...paint, fetched])).slice(0, 3)).toEqual([
      'inputDelay 5',
      'handler 10',
      'scheduled 36',
    ]);
  });

  test('goes on from the release where that asked for it, and the holding was no handler’s work', async () => {
    const fetched = exchange('a', { ...FETCH, sent: 191.5, requested: 192, written: 193 });
    expect((await segmentsOf([keydown, keyup, ...paint, fetched])).slice(0, 5)).toEqual([
      'inputDelay 5',
      'handler 10',
      'scheduled 76',
      'handler 0.5',
      'queueing 0.5',
    ]);
  });
});
