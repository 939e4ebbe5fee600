import { gunzipSync } from 'node:zlib';
import type { TraceEvent } from './trace-events.ts';

/** What each tries to get out of: text, an attribute, an address, a style, a template, a script, the order of letters. */
export const ATTACKS: readonly string[] = [
  '<img src=x onerror="window.pwned=1">',
  '</script><script>window.pwned=1</script>',
  '"><svg onload=window.pwned=1>',
  "' onmouseover='window.pwned=1",
  '" autofocus onfocus="window.pwned=1',
  'javascript:window.pwned=1',
  'data:text/html,<script>parent.pwned=1</script>',
  'url(http://127.0.0.1:9/leak)',
  '}*{background:url(http://127.0.0.1:9/leak)}',
  '@import "http://127.0.0.1:9/leak";',
  '{{constructor.constructor("window.pwned=1")()}}',
  '${window.pwned=1}',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<link rel=stylesheet href=http://127.0.0.1:9/leak>',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/leak">',
  '<base href=http://127.0.0.1:9/>',
  '<form action=http://127.0.0.1:9/><button autofocus>',
  '<math><mtext></mtext><mglyph><style><img src=x onerror=window.pwned=1>',
  '\u202Egnp.exe\u2066 <b onclick=window.pwned=1>\u2069',
  '\u2028window.pwned=1\u2029',
  '\u0000\u0008<img src=x onerror=window.pwned=1>',
  '__proto__',
  'constructor',
  '<!--',
  ']]>',
  '&lt;img src=x onerror=window.pwned=1&gt;',
];

/** Whose values in a trace are whatever a page's author wrote. */
const WRITTEN_BY_THE_PAGE: ReadonlySet<string> = new Set([
  'url',
  'functionName',
  'scriptName',
  'nodeName',
  'nodeDebugName',
  'debug_name',
  'name',
  'title',
  'priority',
  'resourceType',
  'requestMethod',
  'mimeType',
  'value',
  'source_location_url',
  'source_location_function_name',
  'class_like_name',
  'property_like_name',
  'invoker_type',
]);

const MEGABYTE = 2 ** 20;

const isThreadName = ({ name }: TraceEvent): boolean => name === 'thread_name' || name === 'process_name';

/** A recorded trace in which every such value is an attack, with events, marks and measures that are called so too. */
export function hostileTrace(recorded: Uint8Array): Uint8Array {
  let turn = 0;
  const attack = (): string => ATTACKS[turn++ % ATTACKS.length] ?? '';
  const poisoned = (key: string, value: unknown): unknown =>
    typeof value === 'string' && WRITTEN_BY_THE_PAGE.has(key) ? `${value}${attack()}` : value;
  const trace: { traceEvents: TraceEvent[] } = JSON.parse(gunzipSync(recorded).toString());
  const events = trace.traceEvents.map((event): TraceEvent => {
    // What tells the page's main thread keeps its name: else there is nothing to attack.
    if (isThreadName(event)) return event;
    return { ...event, args: JSON.parse(JSON.stringify(event['args'] ?? {}, poisoned)) };
  });
  const task = events.find(({ name, ph }) => name === 'RunTask' && ph === 'X') ?? {};
  const own = [...ATTACKS, 'A'.repeat(MEGABYTE)].flatMap((name, index): readonly TraceEvent[] => [
    { ...task, name, ts: Number(task['ts']) + index, dur: 5000 },
    {
      ...task,
      name,
      ph: 'I',
      cat: 'blink.user_timing',
      dur: undefined,
      ts: Number(task['ts']) + 2000 + index * 500,
    },
  ]);
  return new TextEncoder().encode(JSON.stringify({ ...trace, traceEvents: [...events, ...own] }));
}
