import { hoverCard } from './interactions/hover-card.ts';
import { html } from './marks/element.ts';
import { readContent } from './report-content.ts';
import { showReport } from './sections/report-sections.ts';

const report = document.querySelector('#report');
try {
  const content = await readContent(document);
  if (content === undefined) throw new Error('This page is the empty template: it holds no session.');
  if (report !== null) await showReport(report, content, hoverCard());
} catch (error) {
  // The reader has no console open. Whatever went wrong, a blank page would not say it.
  const words = error instanceof Error ? error.message : String(error);
  report?.replaceChildren(
    html('p', { class: 'failed', role: 'alert' }, `The report cannot be shown. ${words}`),
  );
  throw error;
}
