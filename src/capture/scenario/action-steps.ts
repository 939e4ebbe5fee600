import { InpactError } from '../../base/errors.ts';
import type { Key } from '../page/user.ts';
import { click, press, type } from './define-scenario.ts';
import type { Scenario, Step } from './scenario.ts';

/** A scenario from the actions of the command line: `click:<selector>`, `type:<selector>=<text>`, `press:<key>`. */
export function scenarioOf(actions: readonly string[]): Scenario {
  return { name: 'actions', steps: uniquelyNamed(actions.map(stepOf)) };
}

function stepOf(action: string): Step {
  const at = action.indexOf(':');
  const [kind, argument] = [action.slice(0, at), action.slice(at + 1)];
  if (kind === 'click') return click(argument);
  if (kind === 'press') return press(asKey(argument));
  const { selector, text } = splitTyping(argument);
  return type(selector, text);
}

/** At the first `=` that is not inside brackets: selectors may hold one, as in `[name=q]=text`. */
function splitTyping(argument: string): { readonly selector: string; readonly text: string } {
  const at = /^(?:[^=[]|\[[^\]]*\])*=/.exec(argument)?.[0].length;
  if (at === undefined) {
    throw new InpactError('bad-usage', `“${argument}” does not say what to type`, {
      hint: 'Give it as <selector>=<text>, such as --type "#search=shoes".',
    });
  }
  return { selector: argument.slice(0, at - 1), text: argument.slice(at) };
}

/** As the DOM names keys: `Enter`, `ArrowDown`, `a`. Puppeteer refuses the rest when the step runs. */
const isKey = (name: string): name is Key => /^(?:[A-Z][A-Za-z0-9]*|.)$/u.test(name);

function asKey(name: string): Key {
  if (isKey(name)) return name;
  throw new InpactError('bad-usage', `“${name}” is no key`, {
    hint: 'Name it as the DOM does: Enter, ArrowDown, Escape, a.',
  });
}

/** Steps are told apart by their names: the second of a name is numbered. */
export function uniquelyNamed(steps: readonly Step[]): readonly Step[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const times = (seen.get(step.name) ?? 0) + 1;
    seen.set(step.name, times);
    return times === 1 ? step : { ...step, name: `${step.name} (${String(times)})` };
  });
}
