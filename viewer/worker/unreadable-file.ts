/** A file that a browser cannot read, or not unpack. */
export class UnreadableFile extends Error {
  /** What the reader can do about it. */
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
