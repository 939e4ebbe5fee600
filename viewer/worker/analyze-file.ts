import { analyzeForDrawing } from '../../src/analyze.ts';
import { InpactError } from '../../src/base/errors.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import type { AnalysisNews, AnalysisRequest } from './analysis.ts';
import { fileBytes, UnreadableFile } from './file-bytes.ts';

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
    if (!(error instanceof InpactError || error instanceof UnreadableFile)) throw error;
    const hint = error instanceof InpactError ? (error.hint ?? '') : 'Unpack it first.';
    tell({ kind: 'failed', message: error.message, hint });
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
