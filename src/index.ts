export {
  analyze,
  analyzeForDrawing,
  analyzeLoad,
  type AnalyzeOptions,
  type DrawnSource,
  type DrawnTrace,
  type LoadSource,
  type TraceBytes,
  type TraceSource,
} from './analyze.ts';
export { type ErrorCode, InpactError } from './base/errors.ts';
export { isUnavailable, type Measure, type Unavailable, unavailable } from './base/measure.ts';
export { numberText } from './base/number-text.ts';
export { VERSION } from './base/version.ts';
export type { Budget, BudgetQuantile, Limit } from './budget/budget.ts';
export { checkSession } from './budget/check-session.ts';
export { checkTrace } from './budget/check-trace.ts';
export { type Evidence, type ImprovementClaim, judgeImprovement } from './budget/improvement-claim.ts';
export { judgeLongTasks, type LongTaskClaim } from './budget/long-task-claim.ts';
export { readBudget } from './budget/read-budget.ts';
export { failsOnOneSide } from './compare/compare-failures.ts';
export { compareLoads, type CompareOrder, isSettled, type RecordedSide } from './compare/compare-loads.ts';
export { signedPercent } from './compare/comparison-words.ts';
export { compareSessions, compareVariants } from './compare/compare-sessions.ts';
export {
  fileOfSide,
  type JoinedRecording,
  joinSessions,
  onlyVariants,
  type Side,
} from './compare/join-sessions.ts';
export { noiseOf, type ResampleOptions, resampledComparisons, smallestFound } from './compare/self-test.ts';
export { observerEffect } from './compare/observer-effect.ts';
export {
  type CompareSettings,
  DEFAULT_MARGIN_PERCENT,
  DEFAULT_METRICS,
  DEFAULT_PAIRS,
  DEFAULT_REPETITIONS,
  FEWEST_PAIRS,
  planOf,
  plannedPairs,
  THOROUGH_PAIRS,
} from './compare/settings.ts';
export { conclude, type Judge } from './conclude.ts';
export type * from './result/analysis.ts';
export type * from './result/browser-settings.ts';
export type * from './result/calibration.ts';
export type * from './result/causes-result.ts';
export {
  type Agreement,
  type CheckedFigure,
  checkedFigures,
  type CrossCheck,
  type CrossCheckedStep,
  disagreements,
  LARGEST_DIFFERENCE_MS,
} from './result/cross-check.ts';
export type * from './result/chain-result.ts';
export type * from './result/changes.ts';
export type * from './result/compared-document.ts';
export type * from './result/comparison.ts';
export { crossCheckSentence } from './result/words/cross-check-words.ts';
export { comparisonHeading } from './result/words/comparison-heading.ts';
export type * from './result/cpu-result.ts';
export { placeWords } from './result/words/finding-place.ts';
export type * from './result/findings-result.ts';
export { waitedMs } from './result/interaction-wait.ts';
export type * from './result/rendering-result.ts';
export { hostNote } from './result/words/host-note.ts';
export type * from './result/judgement.ts';
export type { Redaction } from './redact/redaction.ts';
export {
  LOAD_PROBLEMS,
  type LoadProblem,
  type LoadProblemCode,
  type ProblemMeaning,
} from './result/load-problems.ts';
export { drawnLoads } from './result/summary/drawn-loads.ts';
export type * from './result/trace-document.ts';
export {
  judgedLabel,
  METRIC_IDS,
  METRIC_LABELS,
  type MetricLabel,
  metricNamed,
  metricText,
} from './result/words/metric-labels.ts';
export { SEGMENT_WORDS, type SegmentWords, stageWords } from './result/words/segment-words.ts';
export { readComparison } from './result/schema/read-comparison.ts';
export { readSession } from './result/schema/read-session.ts';
export type * from './result/server-result.ts';
export type * from './result/pipeline-result.ts';
export type * from './result/self-test.ts';
export type * from './result/answer.ts';
export type * from './result/claim.ts';
export type * from './result/load.ts';
export type * from './result/session-summary.ts';
export type * from './result/session.ts';
export { fileOfShard, mergeSessions } from './result/summary/merge-sessions.ts';
export type * from './result/trace-result.ts';
export { packTracks, unpackTracks } from './tracks/pack-tracks.ts';
export { thinTracks } from './tracks/thin-tracks.ts';
export type * from './tracks/tracks.ts';
export { authoredSession } from './source-maps/author-session.ts';
export type { SourceMap } from './source-maps/source-maps.ts';
