/** What a source of bytes throws, after the last that it could unpack, when its packed data are damaged. */
export class CorruptCompression extends Error {}
