/** Has drawings made anew before the page is printed, and after. @returns Whether it is for paper, which has no end of a screen. */
export function hearPrinting(redraw: () => void): () => boolean {
  let isPrinting = false;
  const hear = (event: 'beforeprint' | 'afterprint'): void => {
    addEventListener(event, () => {
      isPrinting = event === 'beforeprint';
      redraw();
    });
  };
  hear('beforeprint');
  hear('afterprint');
  return () => isPrinting;
}
