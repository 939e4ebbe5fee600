/** The licence of a package whose code is in a page. */
export interface Notice {
  readonly name: string;
  readonly text: string;
}

/**
 * A page with the notices of what is built into it, as their licences ask of every copy: each report is one. Packages of one text
 * share it.
 */
export function withNotices(page: string, notices: readonly Notice[]): string {
  if (notices.length === 0) return page;
  const byText = Map.groupBy(notices, ({ text }) => text.trim());
  const parts = [...byText].map(([text, own]) => `${own.map(({ name }) => name).join(', ')}:\n\n${text}`);
  // Two hyphens could end the comment.
  const comment = `This page holds code of others.\n\n${parts.join('\n\n')}`.replaceAll('--', '- -');
  return `${page.trimEnd()}\n<!--\n${comment}\n-->\n`;
}

/** Of the files that a page is built from: the folders of packages among them. */
export function packagesOf(files: Iterable<string>): readonly string[] {
  const folders = Array.from(files, (file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted();
}
