import { describe, expect, test } from 'vitest';
import { type ScannedEvent, scanned } from '../support/scan.ts';
import { bytesOf } from '../support/trace-bytes.ts';

/** The only event of a trace, from the JSON of its keys. */
function only(keys: string): ScannedEvent {
  const [event, ...others] = scanned(bytesOf(`[{${keys}}]`)).events;
  if (event === undefined || others.length > 0) throw new Error(`not one watched event: {${keys}}`);
  return event;
}

const BASE = '"name":"A","ph":"X","ts":1';

describe('numbers', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['-5', -5],
    ['1.5', 1.5],
    ['-1.25e3', -1250],
    ['1E-3', 0.001],
    ['"12"', 12],
    ['"-12.5"', -12.5],
    ['999999999999999', 999_999_999_999_999],
    ['1234567890123456', 1_234_567_890_123_456],
    ['18446744073709551615', 2 ** 64],
    ['167477229386.123', 167_477_229_386.123],
  ])('a timestamp written as %s is read as JSON reads it', (text, value) => {
    expect(only(`"name":"A","ph":"X","ts":${text}`).ts).toBe(value);
  });

  test.each(['""', '"1 ms"', '0x10', '1e400', '--1', '1-1', 'Infinity', 'null', '{}', '+1', '" 1"'])(
    'a duration written as %s is absent',
    (text) => {
      expect(only(`${BASE},"dur":${text}`).duration).toBeNaN();
    },
  );

  test('absent times are no numbers', () => {
    expect(only(BASE)).toMatchObject({ duration: Number.NaN, cpu: Number.NaN });
  });
});

test.each([
  ['of metadata has none', '"name":"A","ph":"M"'],
  ['of an asynchronous event is 0', '"name":"A","ph":"b","ts":0'],
])('an event is read though the timestamp %s', (_, keys) => {
  expect(only(keys).ts).toBe(0);
});

describe('names', () => {
  test.each(['"Run\\u0054ask"', '"\\u0052unTask"', '"RunTask"'])('%s is RunTask', (name) => {
    expect(only(`"name":${name},"ph":"X","ts":1`).name).toBe('RunTask');
  });

  test.each(['"AB"', '""', '"a"', '"A\\u0000"', '"A\\"', 'A', '7', 'null', '["A"]', '"\\u00"'])(
    'nobody watches %s',
    (name) => {
      expect(scanned(bytesOf(`[{"name":${name},"ph":"X","ts":1}]`)).events).toEqual([]);
    },
  );

  test("an event without a name is nobody else's", () => {
    expect(scanned(bytesOf('[{"name":"A","ph":"X","ts":1},{"ph":"X","ts":2}]')).events).toHaveLength(1);
  });
});

describe('keys', () => {
  test('the last of two of the same name counts', () => {
    expect(only('"ts":1,"name":"B","ph":"I","ts":2,"name":"A","ph":"X"')).toMatchObject({
      name: 'A',
      phase: 'X',
      ts: 2,
    });
  });

  test.each([
    ['"na\\u006de":"A","ph":"X","ts":1', 'a name'],
    ['"name":"A","\\u0070\\u0068":"X","t\\u0073":1', 'a phase and a timestamp'],
    ['"name":"B","ph":"I","ts":1,"\\u006eame":"A","p\\u0068":"X"', 'a later name and phase'],
  ])('%s has %s, as JSON has it', (keys) => {
    expect(only(keys)).toMatchObject({ name: 'A', phase: 'X', ts: 1 });
  });

  test.each(['', 'nam\\u0045', '\\u006e\\u0061me ', 'bind\\u005fid', 'a\\qcdef', 'n\\"name'])(
    '%s is none that we read',
    (key) => {
      expect(only(`${BASE},"${key}":"B"`).name).toBe('A');
    },
  );

  test('of one event say nothing of the next', () => {
    const { events } = scanned(bytesOf(`[{${BASE},"dur":5,"tdur":4,"args":{},"id":1,"pid":7},{${BASE}}]`));
    expect(events[1]).toMatchObject({ duration: Number.NaN, cpu: Number.NaN, asyncKey: '', args: undefined });
    expect(events[1]?.pid).not.toBe(7);
  });

  test("those inside args are not the event's own", () => {
    const event = only(`${BASE},"args":{"name":"B","ts":9,"pid":8,"args":{"dur":7}},"pid":2,"tid":3`);
    expect(event).toMatchObject({ name: 'A', ts: 1, pid: 2, tid: 3, duration: Number.NaN });
  });

  test('white space stands anywhere between them', () => {
    expect(only('\n\t"name" :\r\n "A" , "ph": "X" ,"ts" : 1 , "dur"\n:\n2 ')).toMatchObject({
      ts: 1,
      duration: 2,
    });
  });

  test('args that are no JSON are absent', () => {
    expect(only(`${BASE},"args":{a:1}`).args).toBeUndefined();
  });
});

describe('processes and threads', () => {
  test('numbers in quotes are numbers', () => {
    expect(only(`${BASE},"pid":"12","tid":"34"`)).toMatchObject({ pid: 12, tid: 34 });
  });

  test("an event without a thread is its process's", () => {
    expect(only(`${BASE},"pid":12`)).toMatchObject({ pid: 12, tid: 12 });
  });

  test('names never meet a number that another process has', () => {
    const pids = ['"gpu"', '"io"', '"tab"', '0', '1'];
    const { events } = scanned(bytesOf(`[${pids.map((pid) => `{${BASE},"pid":${pid}}`).join()}]`));
    expect(new Set(events.map(({ pid }) => pid)).size).toBe(pids.length);
  });

  test('names are numbered: the same name is the same thread', () => {
    const { events } = scanned(
      bytesOf(
        `[{${BASE},"pid":"gpu","tid":"main"},{${BASE},"pid":"gpu","tid":"io"},{${BASE},"pid":"tab","tid":"main"}]`,
      ),
    );
    const [first, second, third] = events;
    expect(second?.pid).toBe(first?.pid);
    expect(third?.pid).not.toBe(first?.pid);
    expect(third?.tid).toBe(first?.tid);
    expect(second?.tid).not.toBe(first?.tid);
  });
});

const keyOf = (keys: string): string => only(`"name":"A","ph":"b","ts":1,${keys}`).asyncKey;

describe('ids of asynchronous events', () => {
  test('are told apart by process, category and scope', () => {
    const keys = [
      keyOf('"id":"0x1","pid":1,"cat":"c"'),
      keyOf('"id":"0x1","pid":2,"cat":"c"'),
      keyOf('"id":"0x1","pid":1,"cat":"d"'),
      keyOf('"id":"0x1","pid":1,"cat":"c","scope":"s"'),
      keyOf('"id":"0x2","pid":1,"cat":"c"'),
      keyOf('"id2":{"local":"0x1"},"pid":1,"cat":"c"'),
      keyOf('"id2":{"global":"0x1"},"pid":1,"cat":"c"'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('are one over all processes where they are global', () => {
    const global = '"id2":{"global":"0x1"},"cat":"c"';
    expect(keyOf(`${global},"pid":1`)).toBe(keyOf(`${global},"pid":2`));
  });
});

const boundsOf = (...events: readonly string[]): readonly number[] => {
  const { firstTs, lastTs } = scanned(bytesOf(`[${events.map((event) => `{${event}}`).join(',')}]`)).scan;
  return [firstTs, lastTs];
};

describe("the trace's bounds", () => {
  test('go from the smallest timestamp to the largest, wherever these stand', () => {
    expect(boundsOf('"ph":"X","ts":5', '"ph":"X","ts":-3', '"ph":"I","ts":9.5', '"ph":"B","ts":4')).toEqual([
      -3, 9.5,
    ]);
  });

  test('leave metadata aside, and asynchronous events at 0', () => {
    expect(boundsOf('"ph":"M","ts":0', '"ph":"b","ts":0', '"ph":"X","ts":5')).toEqual([5, 5]);
  });

  test('are none where nothing happened', () => {
    expect(boundsOf('"ph":"M","name":"process_name"')).toEqual([Number.NaN, Number.NaN]);
  });
});
