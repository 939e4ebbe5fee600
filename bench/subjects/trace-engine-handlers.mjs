// The DevTools engine without its insights: its handlers alone, which find the same facts as INPact's.
import { analyzeTrace } from '@paulirish/trace_engine/analyze-trace.mjs';
import { Processor } from '@paulirish/trace_engine/models/trace/trace.js';

// @ts-expect-error -- Its type wants all of them.
Processor.TraceProcessor.getInsightRunners = () => ({});
const { parsedTrace } = await analyzeTrace(process.argv[2] ?? '');
if (parsedTrace.data.Renderer === undefined) throw new Error('no data');
