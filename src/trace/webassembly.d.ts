// The little of WebAssembly's interface that the scanner uses. Node and browsers have it; `src` compiles without either's types.

declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => object;
  /** What it exports is what its source says: nobody checks. */
  class Instance<Exports> {
    constructor(module: object);
    readonly exports: Exports;
  }
  interface Memory {
    /** Another one after each growth. */
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Global<Value> {
    readonly value: Value;
  }
  class CompileError extends Error {}
}
