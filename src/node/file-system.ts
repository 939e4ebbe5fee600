import type { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

interface FileSystem {
  readonly openSync: typeof openSync;
  readonly readSync: typeof readSync;
  readonly closeSync: typeof closeSync;
  readonly statSync: typeof statSync;
  readonly readFileSync: typeof readFileSync;
}

/**
 * Node's file system without the module that an import of `node:fs` makes of it: that one loads all of Node's streams, a tenth
 * of what a short run takes before it begins.
 */
export const fileSystem: FileSystem = process.getBuiltinModule('node:fs');
