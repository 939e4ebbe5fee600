import type { CDPSession, Page } from 'puppeteer-core';
import * as v from 'valibot';
import { isolatedWorld } from '../page/isolated-world.ts';
import { looksDestructive } from './destructive-words.ts';

/** Something on a page that a visitor may press or type into. */
export interface Control {
  /** Its accessible name, as Chrome computes it, or its selector. */
  readonly name: string;
  readonly selector: string;
  readonly kind: 'click' | 'type';
  /** Why it is better left alone. */
  readonly refusal?:
    'looks destructive' | 'leads to another origin' | 'is a download' | 'asks for a password or a card';
}

/** The visible controls of a page's main frame, in the order of its accessibility tree. */
export async function findControls(page: Page): Promise<readonly Control[]> {
  const session = await page.createCDPSession();
  try {
    const contextId = await isolatedWorld(session, 'inpact');
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const controls: Control[] = [];
    for (const { ignored, role, name, backendDOMNodeId } of nodes) {
      const kind = KINDS.get(String(role?.value));
      if (ignored || kind === undefined || backendDOMNodeId === undefined) continue;
      const seen = await describe(session, backendDOMNodeId, contextId);
      if (seen !== null) controls.push(controlOf(kind, String(name?.value ?? ''), seen));
    }
    return controls;
  } finally {
    await session.detach();
  }
}

/** By role. Native lists and sliders are left out: what they open is no part of the page. */
const KINDS: ReadonlyMap<string, Control['kind']> = new Map([
  ...[
    'button',
    'link',
    'checkbox',
    'radio',
    'switch',
    'tab',
    'menuitem',
    'menuitemcheckbox',
    'menuitemradio',
  ].map((role) => [role, 'click'] as const),
  ...['DisclosureTriangle', 'disclosuretriangle'].map((role) => [role, 'click'] as const),
  ...['textbox', 'searchbox', 'spinbutton'].map((role) => [role, 'type'] as const),
]);

const seenSchema = v.nullable(
  v.object({
    selector: v.string(),
    texts: v.array(v.string()),
    isElsewhere: v.boolean(),
    isDownload: v.boolean(),
    asksForSecret: v.boolean(),
  }),
);
type Seen = NonNullable<v.InferOutput<typeof seenSchema>>;

async function describe(session: CDPSession, backendNodeId: number, contextId: number): Promise<Seen | null> {
  const { object } = await session.send('DOM.resolveNode', { backendNodeId, executionContextId: contextId });
  if (object.objectId === undefined) return null;
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: DESCRIBE,
    returnByValue: true,
  });
  const parsed = v.safeParse(seenSchema, result.value);
  return parsed.success ? parsed.output : null;
}

function controlOf(kind: Control['kind'], name: string, seen: Seen): Control {
  const control = {
    name: name.trim().slice(0, LONGEST_NAME) || seen.selector,
    selector: seen.selector,
    kind,
  };
  if (seen.asksForSecret) return { ...control, refusal: 'asks for a password or a card' };
  if (seen.isElsewhere) return { ...control, refusal: 'leads to another origin' };
  if (seen.isDownload) return { ...control, refusal: 'is a download' };
  return looksDestructive([name, ...seen.texts]) ? { ...control, refusal: 'looks destructive' } : control;
}

const LONGEST_NAME = 60;

/** Null for what cannot be seen or used, or named by a selector. What submits a form is called what its form is called, too. */
const DESCRIBE = `function () {
  const { width, height } = this.getBoundingClientRect?.() ?? { width: 0, height: 0 };
  const isSeen = width >= 4 && height >= 4 && this.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  if (!isSeen || this.matches(':disabled, [aria-disabled=true], :read-only:is(input, textarea)')) return null;
  if (this.getRootNode() !== document) return null;
  const isOnly = (selector) => document.querySelectorAll(selector).length === 1;
  const pathOf = (element) => {
    const own = element.id === '' ? '' : '#' + CSS.escape(element.id);
    if (own !== '' && isOnly(own)) return own;
    if (element.parentElement === null) return element.localName;
    const twins = [...element.parentElement.children].filter(({ localName }) => localName === element.localName);
    return pathOf(element.parentElement) + ' > ' + CSS.escape(element.localName) + ':nth-of-type(' + (twins.indexOf(element) + 1) + ')';
  };
  const namesOf = (element) => ['id', 'name', 'title', 'aria-label', 'value', 'action', 'formaction']
    .map((name) => element.getAttribute(name) ?? '');
  const form = ['submit', 'image'].includes(this.type) ? this.form : null;
  const link = this.closest('a[href]');
  const address = link === null ? location : new URL(link.href, location.href);
  const submits = form === null ? [] : [form, ...form.querySelectorAll('button, input[type=submit]')];
  return {
    selector: pathOf(this),
    texts: [this.innerText ?? '', ...namesOf(this), link === null ? '' : address.pathname + address.search,
      ...submits.flatMap((part) => [...namesOf(part), part === form ? '' : part.innerText])],
    isElsewhere: address.origin !== location.origin,
    isDownload: link?.hasAttribute('download') === true,
    asksForSecret: this.type === 'password' ||
      form?.querySelector('input[type=password], [autocomplete^=cc-]') != null,
  };
}`;
