// `npm run bench`: what is measured. With --viewer the report in real Chrome, else the analysis beside other readers of traces.

await (process.argv.includes('--viewer') ? import('./viewer.mjs') : import('./run.mjs'));
