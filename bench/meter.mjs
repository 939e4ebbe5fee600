// Preloaded into every process that is measured: on exit it writes what the process used to file descriptor 3.

const { readFileSync, writeSync } = process.getBuiltinModule('node:fs');

process.once('exit', () => {
  const { user, system } = process.cpuUsage();
  const used = { cpuMs: (user + system) / 1000, peakMb: peakMegabytes() };
  writeSync(3, JSON.stringify(used));
});

/** Linux counts the memory of whoever started a process into `maxRSS`, but not into `VmHWM`. */
function peakMegabytes() {
  const maxRssKb = process.resourceUsage().maxRSS;
  if (process.platform !== 'linux') return (maxRssKb * 1024) / 1e6;
  const [, highWaterKb] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (Number(highWaterKb ?? maxRssKb) * 1024) / 1e6;
}
