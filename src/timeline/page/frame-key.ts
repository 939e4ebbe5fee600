/** Tells frames apart, as each process writes of them: a frame may move from one to another. */
export const frameKey = (pid: number, frame: string): string => `${String(pid)}|${frame}`;
