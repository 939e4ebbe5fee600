interface CanvasSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What draws on a canvas in CSS pixels: sharp on any display, and cleared. */
export function sizedContext(
  canvas: HTMLCanvasElement,
  { widthPx, heightPx }: CanvasSize,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const width = Math.round(widthPx * ratio);
  const height = Math.round(heightPx * ratio);
  const context = canvas.getContext('2d');
  // To set a canvas's size makes a new one, even where it is the same.
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${String(widthPx)}px`;
    canvas.style.height = `${String(heightPx)}px`;
  } else context?.clearRect(0, 0, widthPx, heightPx);
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
