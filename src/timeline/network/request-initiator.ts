import { at, stringIn } from '../../trace/json.ts';
import { initiatorPosition, type SourcePosition, topOfStack } from '../source-position.ts';

/** Who asked for a resource. */
export interface RequestInitiator {
  /** `script`, `parser`, `preload`, … Undefined where Chrome does not say: a navigation has none. */
  readonly type: string | undefined;
  /** `fetch`, `xmlhttprequest`, `link`, … */
  readonly fetchType: string | undefined;
  /** The line that asked for it, in code or in a document. Undefined where Chrome does not say. */
  readonly place: SourcePosition | undefined;
  /** Whether code ran when it was sent: then `place` is the top of its stack. */
  readonly hasStack: boolean;
}

export function requestInitiator(data: unknown): RequestInitiator {
  const initiator = at(data, 'initiator');
  const stack = topOfStack(data);
  return {
    type: stringIn(initiator, 'type') ?? (stack === undefined ? undefined : 'script'),
    fetchType: stringIn(initiator, 'fetchType'),
    place: stack ?? (stringIn(initiator, 'url') === undefined ? undefined : initiatorPosition(initiator)),
    hasStack: stack !== undefined,
  };
}
