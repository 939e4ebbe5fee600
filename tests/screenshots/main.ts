import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { REFERENCES, takePictures } from './take.ts';

/** Renews the reference pictures: look at each before it is committed. */
const { pictures, surroundings } = await takePictures();
await mkdir(REFERENCES, { recursive: true });
await writeFile(join(REFERENCES, 'surroundings.json'), `${JSON.stringify(surroundings, null, 2)}\n`);
for (const [name, picture] of pictures) {
  const bytes = PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 });
  await writeFile(join(REFERENCES, name), bytes);
  process.stdout.write(`${join(REFERENCES, name)}: ${String(Math.round(bytes.length / 1024))} KB\n`);
}
