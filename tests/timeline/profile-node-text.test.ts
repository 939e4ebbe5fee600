import { describe, expect, test } from 'vitest';
import { NODES_BEGIN, nodesIn } from '../../src/timeline/cpu/profile-node-text.ts';
import { rowsOf } from '../../src/timeline/cpu/profile-chunks.ts';
import { traceTime } from '../../src/base/units.ts';
import { bytesOf } from '../support/trace-bytes.ts';

const frame = (functionName: string): string =>
  `{"functionName":${JSON.stringify(functionName)},"scriptId":0}`;
const root = `{"callFrame":${frame('(root)')},"id":1}`;
const child = `{"callFrame":${frame('f')},"id":12,"parent":1}`;

const read = (list: string): ReturnType<typeof nodesIn> =>
  nodesIn(NODES_BEGIN + list, NODES_BEGIN.length, (text) => text.length);

/** The rows of one chunk with these nodes, as the profile reads it. */
const rows = (list: string, rest = ''): unknown => {
  const block = bytesOf(`${NODES_BEGIN}${list}],"samples":[1]},"timeDeltas":[5]${rest}}}`);
  const { nodeIds, parentIds, functions, samples } = rowsOf([
    { ts: traceTime(0), args: { block, from: 0, to: block.length } },
  ]);
  return {
    ids: [...nodeIds.toArray()],
    parents: [...parentIds.toArray()],
    names: functions.map(({ functionName }) => functionName),
    samples: [...samples.toArray()],
  };
};

describe('the nodes of a profile', () => {
  test('are read from the text where they are written as Chrome writes them', () => {
    expect(read(`${root},${child}]`)).toEqual({
      ids: [1, 12],
      parents: [Number.NaN, 1],
      functions: [frame('(root)').length, frame('f').length],
      end: NODES_BEGIN.length + root.length + child.length + 1,
    });
  });

  test('may have any digits in their numbers, and 0 for one', () => {
    const first = `{"callFrame":${frame('f')},"id":0}`;
    const second = `{"callFrame":${frame('g')},"id":9876543210,"parent":0}`;
    expect(read(`${first},${second}]`)).toMatchObject({ ids: [0, 9_876_543_210], parents: [Number.NaN, 0] });
  });

  test.each([
    ['none', ']'],
    ['white space', `${root}, ${child}]`],
    ['another order', '{"id":1,"callFrame":{}}]'],
    ['another key', `{"callFrame":${frame('f')},"id":1,"hitCount":3}]`],
    ['a fraction', `{"callFrame":${frame('f')},"id":1.5}]`],
    ['a leading zero', `{"callFrame":${frame('f')},"id":01}]`],
    ['no id', `{"callFrame":${frame('f')},"id":}]`],
    ['a negative id', `{"callFrame":${frame('f')},"id":-1}]`],
    ['sixteen digits', `{"callFrame":${frame('f')},"id":1234567890123456}]`],
    ['no end', root],
    ['a trailing comma', `${root},]`],
    ['a semicolon for a comma', `${root};${child}]`],
  ])('are left to the parser: %s', (_, list) => {
    expect(read(list)).toBeUndefined();
  });

  test('say the same either way', () => {
    const usual = rows(`${root},${child}`);
    expect(usual).toEqual({ ids: [1, 12], parents: [Number.NaN, 1], names: ['(root)', 'f'], samples: [1] });
    expect(rows(`${root}, ${child}`)).toEqual(usual);
  });

  test.each(['},"id":7', '"},"id":7', '\\', '[]{}'])('may have %s in a name', (name) => {
    const list = `{"callFrame":${frame(name)},"id":3}`;
    expect(rows(list)).toEqual({ ids: [3], parents: [Number.NaN], names: [name], samples: [1] });
  });

  test.each([
    ['in a call frame', `{"callFrame":{"functionName":tru},"id":1}`, ''],
    ['after the nodes', root, ',"lines":[1,'],
  ])('of a chunk that is damaged %s are left out', (_, list, rest) => {
    expect(rows(list, rest)).toMatchObject({ ids: [], parents: [], samples: [] });
  });
});
