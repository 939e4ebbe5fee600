import { svg } from '../marks/element.ts';

export interface Picture {
  readonly plot: HTMLElement;
  readonly axis: SVGSVGElement;
  /** For the file. */
  readonly name: string;
}

/** What a shape's look depends on. Style sheets do not travel with a picture. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
  'opacity',
  'paint-order',
] as const;

/** Saves what the timeline shows: its drawings and canvases, put into one SVG as they lie on the page, or that as PNG. */
export function savePicture(kind: 'png' | 'svg', picture: Picture): void {
  const { markup, width, height } = pictureOf(picture);
  const fileName = `${picture.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)}.${kind}`;
  if (kind === 'svg') {
    save(new Blob([markup], { type: 'image/svg+xml' }), fileName);
    return;
  }
  const image = new Image();
  image.addEventListener('load', () => {
    const canvas = document.createElement('canvas');
    const ratio = Math.max(1, window.devicePixelRatio);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext('2d');
    context?.scale(ratio, ratio);
    context?.drawImage(image, 0, 0);
    canvas.toBlob((blob) => {
      if (blob !== null) save(blob, fileName);
    });
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
}

function pictureOf({ plot, axis }: Picture): {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
} {
  const { left, top, width, height } = plot.getBoundingClientRect();
  const axisPx = axis.getBoundingClientRect().height;
  const whole = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height: height + axisPx });
  whole.append(
    svg('rect', { width, height: height + axisPx, fill: getComputedStyle(document.body).backgroundColor }),
  );
  const place = (element: Element, node: SVGElement): void => {
    const box = element.getBoundingClientRect();
    const y = element === axis ? 0 : box.top - top + axisPx;
    whole.append(svg('g', { transform: `translate(${String(box.left - left)},${String(y)})` }, node));
  };
  place(axis, styledCopy(axis));
  for (const canvas of plot.querySelectorAll('canvas')) {
    const box = canvas.getBoundingClientRect();
    if (box.height > 0)
      place(canvas, svg('image', { href: canvas.toDataURL(), width: box.width, height: box.height }));
  }
  for (const title of plot.querySelectorAll('.track-title, .track-toggle')) {
    const text = svg('text', {
      y: 12,
      'font-size': 11.5,
      'font-family': 'sans-serif',
      fill: getComputedStyle(title).color,
    });
    text.append(title.textContent);
    place(title, text);
  }
  for (const drawing of plot.querySelectorAll('svg')) {
    if (drawing.getBoundingClientRect().height > 0) place(drawing, styledCopy(drawing));
  }
  return { markup: new XMLSerializer().serializeToString(whole), width, height: height + axisPx };
}

function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = svg('svg', { width: drawing.clientWidth, height: drawing.clientHeight, overflow: 'hidden' });
  for (const child of drawing.children) copy.append(child.cloneNode(true));
  const originals = drawing.querySelectorAll('*');
  for (const [index, element] of copy.querySelectorAll('*').entries()) {
    const original = originals[index];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute('class');
  }
  return copy;
}

function save(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The download has begun by the next turn of the loop, and holds the blob itself.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
