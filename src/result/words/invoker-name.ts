import type { FrameScript } from '../rendering-result.ts';

type Invoker = Pick<FrameScript, 'invokerType' | 'invokerClass' | 'invokerProperty'>;

/**
 * What called a script, as long animation frames name it: `BUTTON#buy.onclick`, `Response.json.then`. Without the ending a promise's
 * name is that of the function that made it, as if that had taken the time. https://w3c.github.io/long-animation-frames/#dom-performancescripttiming-invoker
 */
export function invokerName({ invokerType, invokerClass, invokerProperty }: Invoker): string {
  switch (invokerType) {
    case 'PROMISE_RESOLVE':
      return dotted(dotted(invokerClass, invokerProperty) || 'Promise', 'then');
    case 'PROMISE_REJECT':
      return dotted(dotted(invokerClass, invokerProperty) || 'Promise', 'catch');
    case 'EVENT_HANDLER':
      return dotted(invokerClass, invokerProperty === '' ? invokerType : `on${invokerProperty}`);
    default:
      return dotted(invokerClass, invokerProperty || invokerType);
  }
}

const dotted = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('.');
