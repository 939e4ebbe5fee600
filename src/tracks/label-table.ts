import { redactUrl } from '../result/redact.ts';
import { shortName } from '../result/short-name.ts';
import type { FunctionFrames } from '../timeline/sample-sweep.ts';
import { positionKey, type SourcePosition } from '../timeline/source-position.ts';
import { categoryOf } from './category.ts';
import type { Label } from './tracks.ts';

/** Numbers the labels of spans as they are first met. */
export class LabelTable implements FunctionFrames {
  readonly labels: Label[] = [];
  readonly #events = new Map<string, number>();
  readonly #functions = new Map<SourcePosition, number>();
  readonly #byKey = new Map<string, number>();
  readonly #urls = new Map<string, string>();

  /** The label of an event, and of the function that it calls or the type that it dispatches. */
  eventLabel(name: string, position: SourcePosition | undefined): number {
    const key = position === undefined ? name : `${name}|${positionKey(position)}`;
    const known = this.#events.get(key);
    if (known !== undefined) return known;
    const number = this.#add({
      ...this.#place(position),
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
    return this.#add({
      ...this.#place(position),
      name: shortName(position.functionName) || '(anonymous)',
      category: isCollector ? 'garbage' : 'scripting',
      isFunction: true,
    });
  }

  #add(label: Label): number {
    return this.labels.push(label) - 1;
  }

  #place(position: SourcePosition | undefined): Pick<Label, 'url' | 'line'> {
    const raw = position?.url ?? '';
    const url = this.#urls.get(raw) ?? redactUrl(raw);
    this.#urls.set(raw, url);
    return { url, line: position?.line ?? 0 };
  }
}

function titleOf(name: string, position: SourcePosition | undefined): string {
  const title = shortName(name);
  const detail = shortName(position?.functionName ?? '');
  return detail === '' ? title : `${title}: ${detail}`;
}
