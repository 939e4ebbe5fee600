// Publishes the JSON Schemas of what INPact writes, from the schemas that it reads with. Run by build.mjs.
import { mkdir, writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import { settingsSchema } from '../dist/src/capture/settings/settings.js';
import { calibrationSchema } from '../dist/src/result/schema/schema-calibration.js';
import { comparisonSchema } from '../dist/src/result/schema/schema-comparison.js';
import { analysisSchema, sessionSchema } from '../dist/src/result/schema/schema.js';

const dist = new URL('../dist/', import.meta.url);
await mkdir(dist, { recursive: true });
for (const [name, schema] of Object.entries({
  session: sessionSchema,
  analysis: analysisSchema,
  comparison: comparisonSchema,
  calibration: calibrationSchema,
  config: settingsSchema,
})) {
  const json = { title: `INPact ${name}`, ...toJsonSchema(schema, { target: 'draft-07' }) };
  // Editors find it by this, and refuse it otherwise.
  if (name === 'config') json.properties.$schema = { type: 'string' };
  await writeFile(new URL(`${name}.schema.json`, dist), `${JSON.stringify(json, null, 2)}\n`);
}
