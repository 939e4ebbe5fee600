/**
 * The lines of a log that a CI runner might obey. GitHub's looks for `##[` in the whole of a line, and for `::` where it begins; how that
 * goes on depends on which commands it knows. Azure's `##vso[` and TeamCity's `##teamcity[` are of the same kind.
 */
export const commandsIn = (log: string): readonly string[] =>
  log
    .split(/\r\n|[\r\n]/)
    .filter((line) => /##(vso|teamcity)?\[/.test(line) || line.trimStart().startsWith('::'));
