import type { TraceTime } from '../../base/units.ts';
import { textOf } from '../../trace/bytes.ts';
import { at, isObject, listIn, numberIn } from '../../trace/json.ts';
import { isSane } from '../../trace/numbers.ts';
import { parsedJson } from '../../trace/parsed-json.ts';
import { Column } from '../columns.ts';
import type { KeptPiece } from './kept-bytes.ts';
import { NODES_BEGIN, nodesIn } from './profile-node-text.ts';
import { positionKey, profiledFunction, type SourcePosition } from '../source-position.ts';

/** A `ProfileChunk` as it stood in the trace. */
export interface ProfileChunk {
  readonly ts: TraceTime;
  readonly args: KeptPiece;
}

/** What the chunks of one profile say, one after the other. */
export interface ProfileRows {
  /** Node ids by sample, and how long after the one before it was taken, in µs. */
  readonly samples: Column;
  readonly deltas: Column;
  /** By node. */
  readonly nodeIds: Column;
  /** `NaN` for a root. */
  readonly parentIds: Column;
  readonly functionOf: Column;
  readonly functions: readonly SourcePosition[];
}

/** Reads chunks in order of time: a trace's events come in no particular order. */
export function rowsOf(chunks: readonly ProfileChunk[]): ProfileRows {
  const reader = new ChunkReader();
  for (const { args } of chunks.toSorted((a, b) => a.ts - b.ts)) {
    reader.read(textOf(args.block, args.from, args.to));
  }
  return reader;
}

class ChunkReader implements ProfileRows {
  readonly samples = new Column();
  readonly deltas = new Column();
  readonly nodeIds = new Column();
  readonly parentIds = new Column();
  readonly functionOf = new Column();
  readonly functions: SourcePosition[] = [];
  readonly #functionNumbers = new Map<string, number>();
  /** By the text of a call frame. */
  readonly #numbersByText = new Map<string, number>();

  /** @param text The chunk's arguments. */
  read(text: string): void {
    const data = at(this.#withoutUsualNodes(text) ?? parsedJson(text), 'data');
    const cpuProfile = at(data, 'cpuProfile');
    for (const node of listIn(cpuProfile, 'nodes')) this.#takeNode(node);
    // Chrome writes the times beside the profile. Some writers put them into it, as the inspector's own format has them.
    const times = at(data, 'timeDeltas') === undefined ? cpuProfile : data;
    const timeDeltas = listIn(times, 'timeDeltas');
    const ids = listIn(cpuProfile, 'samples');
    for (let index = 0; index < ids.length; index++) {
      const id = ids[index];
      const delta = timeDeltas[index];
      // A chunk with fewer times than samples is damaged: a sample without a time says nothing.
      if (typeof id !== 'number' || typeof delta !== 'number' || !isSane(delta)) continue;
      this.samples.push(id);
      this.deltas.push(delta);
    }
  }

  /** Takes the nodes if they are written as usual, and gives the rest of the arguments. */
  #withoutUsualNodes(text: string): unknown {
    if (!text.startsWith(NODES_BEGIN)) return undefined;
    const nodes = nodesIn(text, NODES_BEGIN.length, this.#numberOfText);
    const rest = nodes && parsedJson(NODES_BEGIN + text.slice(nodes.end));
    // A second list of nodes would count instead of the first.
    if (nodes === undefined || listIn(rest, 'data', 'cpuProfile', 'nodes').length > 0) return undefined;
    if (!Array.isArray(at(rest, 'data', 'cpuProfile', 'nodes'))) return undefined;
    for (const id of nodes.ids) this.nodeIds.push(id);
    for (const parent of nodes.parents) this.parentIds.push(parent);
    for (const number of nodes.functions) this.functionOf.push(number);
    return rest;
  }

  readonly #numberOfText = (text: string): number | undefined => {
    const known = this.#numbersByText.get(text);
    if (known !== undefined) return known;
    const callFrame = parsedJson(text);
    if (!isObject(callFrame)) return undefined;
    const number = this.#numberOf(profiledFunction(callFrame));
    this.#numbersByText.set(text, number);
    return number;
  };

  #takeNode(node: unknown): void {
    const id = numberIn(node, 'id');
    if (id === undefined) return;
    this.nodeIds.push(id);
    this.parentIds.push(numberIn(node, 'parent') ?? Number.NaN);
    this.functionOf.push(this.#numberOf(profiledFunction(at(node, 'callFrame'))));
  }

  #numberOf(position: SourcePosition): number {
    const key = positionKey(position);
    const known = this.#functionNumbers.get(key);
    if (known !== undefined) return known;
    const fresh = this.functions.push(position) - 1;
    this.#functionNumbers.set(key, fresh);
    return fresh;
  }
}
