// Unpacks and throws away: the floor of whoever reads a gzipped trace.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const CHUNK = { highWaterMark: 2 ** 20, chunkSize: 2 ** 20 };
let bytes = 0;
for await (const chunk of createReadStream(process.argv[2] ?? '', CHUNK).pipe(createGunzip(CHUNK))) {
  bytes += chunk.length;
}
if (bytes === 0) throw new Error('no bytes');
