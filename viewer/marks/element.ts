export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Text becomes a text node and never markup: names and URLs in a trace are whatever an attacker wrote. */
export type Child = Node | string | undefined;

export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, tag === 'code' ? children : children.map(unbroken));
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** A share of the drawing's width, as SVG takes it where nobody knows how wide that is. */
export const ofWidth = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** No line ends between a number and its unit, whoever wrote the sentence. */
const unbroken = (child: Child): Child =>
  typeof child === 'string' ? child.replaceAll(/(?<=\d) (?=(?:ms|s|kB|MB|%)(?!\w))/g, '\u00A0') : child;

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
