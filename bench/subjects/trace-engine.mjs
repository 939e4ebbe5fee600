// The DevTools engine by its own command-line entry: every handler and every insight.
import { analyzeTrace } from '@paulirish/trace_engine/analyze-trace.mjs';

const { parsedTrace } = await analyzeTrace(process.argv[2] ?? '');
if (parsedTrace.data.Renderer === undefined) throw new Error('no data');
