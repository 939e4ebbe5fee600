import { JsonPieces, type Piece } from './json-pieces.ts';
import { redactValue } from './redact-event.ts';
import type { RedactionLevel } from './redaction.ts';
import { holdsSecretShape } from './secret-shapes.ts';

/**
 * A trace, without what may be secret, as it goes by. Events are taken apart one by one, and only where there may be something;
 * all other bytes stay as they are. An event that is no JSON is left out: what is in it cannot be known.
 * @param onChanged Is told of each event that lost something.
 */
export async function* redactTrace(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  level: RedactionLevel,
  onChanged: () => void = () => undefined,
): AsyncIterable<Uint8Array> {
  const pieces = new JsonPieces();
  const encoder = new TextEncoder();
  const redacted = (found: readonly Piece[]): Uint8Array =>
    encoder.encode(
      found
        .map((piece) => {
          const text = redactPiece(piece, level);
          if (text !== piece.text) onChanged();
          return text;
        })
        .join(''),
    );
  for await (const chunk of bytes) yield redacted(pieces.push(chunk));
  yield redacted(pieces.end());
}

function redactPiece({ kind, text }: Piece, level: RedactionLevel): string {
  if (kind === 'between') return text;
  if (!mayHoldSecrets(text, level)) return text;
  const value = parsed(text);
  if (value === undefined) return 'null';
  const redacted = redactValue(value, level);
  return redacted === value ? text : JSON.stringify(redacted);
}

/** Cheap, and never wrong in saying no: a backslash may hide anything. */
const mayHoldSecrets = (text: string, level: RedactionLevel): boolean =>
  SUSPICIOUS.test(text) || (level === 'strict' && STRICTLY_SUSPICIOUS.test(text)) || holdsSecretShape(text);

const SUSPICIOUS =
  /\\|:\/\/|[?&][^"=]+=|data:|pptr:|"(?:headers|detail|sourceText|postData|requestBody|cookies?|value)"/;
const STRICTLY_SUSPICIOUS = /@|user_timing|snapshot|\//;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
