import { analyzeForDrawing } from '../../src/analyze.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import type { AnalysisNews, AnalysisRequest } from './analysis.ts';
import { failureOf } from './failure-words.ts';
import { fileBytes } from './file-bytes.ts';

/** How often the page hears how far it is. */
const EVERY_SHARE = 0.02;

/** Analyses what the page was given, off the page's own thread, with the code that the command line runs. */
self.addEventListener('message', ({ data }: MessageEvent<AnalysisRequest>) => void analyze(data));

async function analyze({ trace: file, server }: AnalysisRequest): Promise<void> {
  let told = 0;
  const onRead = (bytes: number): void => {
    const share = bytes / Math.max(1, file.size);
    if (share - told < EVERY_SHARE) return;
    told = share;
    tell({ kind: 'progress', share });
  };
  try {
    const { trace, tracks } = await analyzeForDrawing({
      file: file.name,
      bytes: fileBytes(file, onRead),
      ...(server === undefined
        ? {}
        : { server: { file: server.name, bytes: fileBytes(server, () => undefined) } }),
    });
    tell({ kind: 'done', trace, tracks }, buffersOf(tracks));
  } catch (error) {
    // A promise that fails in a worker, unlike what it throws, is no `error` that the page could hear.
    const { message, hint, isOurs } = failureOf(error);
    tell({ kind: 'failed', message, hint });
    if (isOurs) throw error;
  }
}

const tell = (news: AnalysisNews, transfer: Transferable[] = []): void =>
  self.postMessage(news, { transfer });

/** The columns change hands instead of being copied. */
const buffersOf = ({ threads }: Tracks): Transferable[] =>
  threads.flatMap(({ spans }) =>
    [spans.startMs, spans.durationMs, spans.cpuMs, spans.depth, spans.label].flatMap(({ buffer }) =>
      buffer instanceof ArrayBuffer ? [buffer] : [],
    ),
  );
