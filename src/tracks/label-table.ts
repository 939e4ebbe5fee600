import { redactUrl } from '../redact/redact-url.ts';
import { shortName } from '../result/describe/short-name.ts';
import type { FunctionFrames } from '../timeline/cpu/sample-sweep.ts';
import { positionKey, type SourcePosition } from '../timeline/source-position.ts';
import { categoryOf } from './category.ts';
import type { Label } from './tracks.ts';

/** What the author wrote where a delivered script stands: undefined where no source map says. Lines and columns count from 1. */
export type Authored = (place: {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}) => AuthoredPlace | undefined;

interface AuthoredPlace {
  readonly url: string;
  readonly line: number;
  readonly name: string | undefined;
}

/** Numbers the labels of spans as they are first met. */
export class LabelTable implements FunctionFrames {
  readonly labels: Label[] = [];
  readonly #events = new Map<string, number>();
  readonly #functions = new Map<SourcePosition, number>();
  readonly #byKey = new Map<string, number>();
  readonly #urls = new Map<string, string>();
  readonly #authored: Authored;

  constructor(authored: Authored = () => undefined) {
    this.#authored = authored;
  }

  /** The label of an event, and of the function that it calls or the type that it dispatches. */
  eventLabel(name: string, position: SourcePosition | undefined): number {
    const key = position === undefined ? name : `${name}|${positionKey(position)}`;
    const known = this.#events.get(key);
    if (known !== undefined) return known;
    const { url, line } = this.#place(position);
    const number = this.#add({
      url,
      line,
      name: titleOf(name, position),
      category: categoryOf(name),
      isFunction: false,
    });
    this.#events.set(key, number);
    return number;
  }

  functionFrame(position: SourcePosition): number {
    const known = this.#functions.get(position);
    if (known !== undefined) return known;
    // A profile that was begun anew names the same functions by other objects.
    const key = positionKey(position);
    const number = this.#byKey.get(key) ?? this.#addFunction(position);
    this.#byKey.set(key, number);
    this.#functions.set(position, number);
    return number;
  }

  #addFunction(position: SourcePosition): number {
    const isCollector = position.functionName === '(garbage collector)';
    const { url, line, name } = this.#place(position);
    return this.#add({
      url,
      line,
      // Where a function begins a map names it; from a line within it no map tells which one it is.
      name: shortName(name ?? position.functionName) || '(anonymous)',
      category: isCollector ? 'garbage' : 'scripting',
      isFunction: true,
    });
  }

  #add(label: Label): number {
    return this.labels.push(label) - 1;
  }

  #place({ url: raw, line, column }: Partial<SourcePosition> = {}): AuthoredPlace {
    const url = this.#redacted(raw ?? '');
    const isKnown = url !== '' && line !== undefined && column !== undefined;
    const found = isKnown ? this.#authored({ url, line, column }) : undefined;
    return found === undefined
      ? { url, line: line ?? 0, name: undefined }
      : { ...found, url: this.#redacted(found.url) };
  }

  #redacted(raw: string): string {
    const url = this.#urls.get(raw) ?? redactUrl(raw);
    this.#urls.set(raw, url);
    return url;
  }
}

function titleOf(name: string, position: SourcePosition | undefined): string {
  const title = shortName(name);
  const detail = shortName(position?.functionName ?? '');
  return detail === '' ? title : `${title}: ${detail}`;
}
