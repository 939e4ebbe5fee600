import { hoverCard } from './interactions/hover-card.ts';
import { startWorker } from './interactions/start-worker.ts';
import { html } from './marks/element.ts';
import { loneTrace } from './report-content.ts';
import { type DropZone, dropZone } from './sections/drop-zone.ts';
import { showReport } from './sections/report-sections.ts';
import type { AnalysisNews, AnalysisRequest } from './worker/analysis.ts';

const page = document.querySelector('#report');
const card = hoverCard();
const zone: DropZone = dropZone(read);
let worker: Worker | undefined;
page?.replaceChildren(zone.node);

/** The trace, and what the server kept of itself where its name says so. */
function read(files: readonly File[]): void {
  const server = files.length > 1 ? files.find(({ name }) => /server/i.test(name)) : undefined;
  const trace = files.find((file) => file !== server);
  if (trace === undefined) return;
  // Whoever drops another one while the first is being read wants the other one.
  worker?.terminate();
  worker = startWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<AnalysisNews>) => hear(data));
  worker.addEventListener('error', ({ message }) => zone.showProblem('The analysis failed', message));
  page?.replaceChildren(zone.node);
  zone.showProgress(0);
  const request: AnalysisRequest = { trace, server };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has none.
  worker.postMessage(request);
}

function hear(news: AnalysisNews): void {
  if (news.kind === 'progress') zone.showProgress(news.share);
  else if (news.kind === 'failed') zone.showProblem(news.message, news.hint);
  else show(news);
  if (news.kind !== 'progress') worker?.terminate();
}

function show({ trace, tracks }: Extract<AnalysisNews, { readonly kind: 'done' }>): void {
  const another = html('button', { type: 'button', class: 'open-another' }, 'Open another trace');
  another.addEventListener('click', () => page?.replaceChildren(zone.node));
  const load = loneTrace(trace, () => Promise.resolve(tracks));
  if (page !== null) {
    void showReport(page, { kind: 'trace', trace, drawn: [load] }, card).then(() => page.prepend(another));
  }
}
