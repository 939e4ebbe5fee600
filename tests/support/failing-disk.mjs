// Loaded before the command line: the nth opening of a file of the recording for writing fails with a code. The page's
// trace, the session and the report are all written so.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [code = 'ENOSPC', nth = '1'] = (process.env.FAILING_DISK ?? '').split(':');
const { open } = fs;
let opened = 0;

fs.open = async (path, flags, ...rest) => {
  if (flags === 'w' && /\.tmp-\d+$/.test(String(path)) && ++opened >= Number(nth)) {
    const error = new Error(`${code}: the disk fails, open '${String(path)}'`);
    throw Object.assign(error, { code, syscall: 'open', path });
  }
  return open(path, flags, ...rest);
};
syncBuiltinESMExports();
