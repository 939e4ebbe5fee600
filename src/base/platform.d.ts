// What Node and browsers both offer. `src` compiles without the DOM's and Node's types, so that nothing else slips in.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}

/** Undoes Base64: each letter of what it returns is one byte. */
declare function atob(data: string): string;

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
