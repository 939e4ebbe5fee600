import { at, isObject, listIn, numberIn, stringIn } from '../trace/json.ts';
import type { Handler } from './handler.ts';

/** A source map that a trace itself holds. */
export interface ScriptMap {
  readonly scriptUrl: string;
  /** JSON, parsed or not; or a `data:` address of it. */
  readonly map: unknown;
}

/** One script of one V8 isolate. */
interface Script {
  url: string;
  mapUrl: string;
  /** The parts of its text: Chrome splits long ones. */
  readonly parts: string[];
}

const NAMES: readonly string[] = ['ScriptCatchup', 'LargeScriptCatchup', 'StubScriptCatchup'];

/**
 * Gathers the source maps that came with the scripts: in DevTools' enhanced traces, or at the end of the scripts' own text.
 * Watched only on demand, since the events hold the whole text of every script.
 */
export function scriptMaps(): Handler<readonly ScriptMap[], [metadata: unknown]> {
  const scripts = new Map<string, Script>();
  return {
    watches: NAMES,
    handle(row) {
      const data = at(row.args(), 'data');
      const id = stringIn(data, 'scriptId') ?? numberIn(data, 'scriptId');
      const isolate = stringIn(data, 'isolate') ?? numberIn(data, 'isolate');
      if (id === undefined) return;
      const key = `${String(row.pid)}|${String(isolate)}|${String(id)}`;
      const script = scripts.get(key) ?? { url: '', mapUrl: '', parts: [] };
      scripts.set(key, script);
      script.url = stringIn(data, 'url') ?? script.url;
      script.mapUrl = stringIn(data, 'sourceMapUrl') ?? script.mapUrl;
      const text = stringIn(data, 'sourceText');
      if (text !== undefined) script.parts[numberIn(data, 'splitIndex') ?? 0] = text;
    },
    finish: (metadata) => [...inMetadata(metadata), ...[...scripts.values()].flatMap(mapOf)],
  };
}

const inMetadata = (metadata: unknown): readonly ScriptMap[] =>
  listIn(metadata, 'sourceMaps').flatMap((entry) => {
    const scriptUrl = stringIn(entry, 'url');
    const map = at(entry, 'sourceMap');
    return scriptUrl !== undefined && isObject(map) ? [{ scriptUrl, map }] : [];
  });

function mapOf({ url, mapUrl, parts }: Script): readonly ScriptMap[] {
  const map = mapUrl.startsWith('data:') ? mapUrl : COMMENT.exec(parts.join('').trimEnd())?.[1];
  return url === '' || map === undefined ? [] : [{ scriptUrl: url, map }];
}

/** The last line of a script that brings its map along. https://tc39.es/ecma426/#sec-linking-inline */
const COMMENT = /\/\/[#@] sourceMappingURL=(data:[^\s]+)$/;
