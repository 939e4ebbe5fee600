import { isUnavailable, type Measure, type Unavailable } from '../base/measure.ts';
import type { Initiator } from '../result/causes-result.ts';
import type { StepResult } from '../result/load.ts';
import type { CpuProfile, FunctionTime, InteractionCpu, PhaseCpu } from '../result/cpu-result.ts';
import type { CodePlace, InsightFinding } from '../result/findings-result.ts';
import { redactUrl } from '../redact/redact-url.ts';
import { shortName } from '../result/describe/short-name.ts';
import type { TraceResult } from '../result/trace-result.ts';
import type { AuthoredPlace, Locate } from './source-maps.ts';

/** A result in which files, lines and names are the author's wherever the maps know them. The rest stays as it was delivered. */
export function authored(result: TraceResult, locate: Locate): TraceResult {
  return {
    ...result,
    ...authoredStep(result, locate),
    webSockets: result.webSockets.map((socket) => withInitiator(socket, locate)),
    cpuProfile: isUnavailable(result.cpuProfile)
      ? result.cpuProfile
      : authoredProfile(result.cpuProfile, locate),
  };
}

/** What a step of a session tells of code, which a trace tells too. */
export const authoredStep = (
  { requests, findings }: Pick<StepResult, 'requests' | 'findings'>,
  locate: Locate,
): Pick<StepResult, 'requests' | 'findings'> => ({
  requests: requests.map((request) => withInitiator(request, locate)),
  findings: findings.map((finding) => authoredFinding(finding, locate)),
});

const withInitiator = <Sent extends { readonly initiator: Initiator | Unavailable }>(
  sent: Sent,
  locate: Locate,
): Sent =>
  isInitiator(sent.initiator) ? { ...sent, initiator: authoredInitiator(sent.initiator, locate) } : sent;

const isInitiator = (value: Initiator | Unavailable): value is Initiator => !isUnavailable(value);

/** Its line lies anywhere within the function, whose name no map tells from there: the delivered name stays. */
function authoredInitiator(initiator: Initiator, locate: Locate): Initiator {
  const found = lookUp(initiator, locate);
  return found === undefined ? initiator : { ...initiator, ...placeOf(found) };
}

/** The server's code is the author's already, as far as it is. */
function authoredFinding(finding: InsightFinding, locate: Locate): InsightFinding {
  const code = finding.where.code.map((place): CodePlace => {
    const { side, url, line, column } = place;
    if (side === 'server' || line === null || column === null) return place;
    const found = locate({ url, line, column });
    return found === undefined ? place : { ...place, ...placeOf(found) };
  });
  return { ...finding, where: { ...finding.where, code } };
}

function authoredProfile(profile: CpuProfile, locate: Locate): CpuProfile {
  const functionsOf = (functions: readonly FunctionTime[]): readonly FunctionTime[] =>
    functions.map((one) => authoredFunction(one, locate));
  const phaseOf = (phase: PhaseCpu): PhaseCpu => ({ ...phase, functions: functionsOf(phase.functions) });
  const interactionOf = (one: InteractionCpu): InteractionCpu => ({
    ...one,
    inputDelay: phaseOf(one.inputDelay),
    processing: phaseOf(one.processing),
    presentation: phaseOf(one.presentation),
  });
  return {
    ...profile,
    functions: functionsOf(profile.functions),
    interactions: profile.interactions.map(interactionOf),
  };
}

/** Its line is where the function begins: there maps name the function. */
function authoredFunction(one: FunctionTime, locate: Locate): FunctionTime {
  const found = lookUp(one, locate);
  if (found === undefined) return one;
  return {
    ...one,
    ...placeOf(found),
    functionName: found.name === undefined ? one.functionName : shortName(found.name),
  };
}

interface ResultPlace {
  readonly url: string;
  readonly line: Measure;
  readonly column: Measure;
}

function lookUp({ url, line, column }: ResultPlace, locate: Locate): AuthoredPlace | undefined {
  if (url === '' || isUnavailable(line) || isUnavailable(column)) return undefined;
  return locate({ url, line, column });
}

const placeOf = ({ url, line, column }: AuthoredPlace): { url: string; line: number; column: number } => ({
  url: redactUrl(url),
  line,
  column,
});
