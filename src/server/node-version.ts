const OLDEST = [22, 12] as const;

/** Whether this Node has what the agent is made of. On an older one it would end the server that it is to watch. */
export function isNodeNewEnough(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return true;
  process.emitWarning(
    `inpact/server needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}: it does not watch this server.`,
  );
  return false;
}
