/** What a thread's time goes into, as DevTools divides it, with garbage collection apart. */
export const CATEGORIES = [
  'task',
  'scripting',
  'rendering',
  'painting',
  'loading',
  'garbage',
  'other',
] as const;

export type Category = (typeof CATEGORIES)[number];

const BY_NAME: Readonly<Record<Exclude<Category, 'other'>, readonly string[]>> = {
  task: [
    'RunTask',
    'ThreadControllerImpl::RunTask',
    'ThreadControllerImpl::DoWork',
    'TaskQueueManager::ProcessTaskFromWorkQueue',
    'GPUTask',
  ],
  scripting: [
    'EvaluateScript',
    'EventDispatch',
    'FireAnimationFrame',
    'FireIdleCallback',
    'FunctionCall',
    'HandlePostMessage',
    'PageAnimator::serviceScriptedAnimations',
    'RunMicrotasks',
    'RunPostTaskCallback',
    'SchedulePostMessage',
    'TimerFire',
    'WebSocketReceive',
    'XHRLoad',
    'XHRReadyStateChange',
  ],
  rendering: [
    'HitTest',
    'IntersectionObserverController::computeIntersections',
    'InvalidateLayout',
    'Layout',
    'LayoutShift',
    'LocalFrameView::performLayout',
    'ParseAuthorStyleSheet',
    'PrePaint',
    'RecalculateStyles',
    'ScheduleStyleRecalculation',
    'ScrollLayer',
    'UpdateLayer',
    'UpdateLayerTree',
    'UpdateLayoutTree',
  ],
  painting: [
    'Commit',
    'CompositeLayers',
    'Decode Image',
    'Decode LazyPixelRef',
    'Draw LazyPixelRef',
    'ImageDecodeTask',
    'Layerize',
    'Paint',
    'PaintImage',
    'Rasterize',
    'RasterTask',
    'Resize Image',
  ],
  loading: [
    'HTMLDocumentParser::MaybeFetchQueuedPreloads',
    'ParseHTML',
    'ResourceFinish',
    'ResourceReceiveResponse',
    'ResourceReceivedData',
    'ResourceSendRequest',
  ],
  garbage: ['BlinkGC.AtomicPhase', 'MajorGC', 'MinorGC'],
};

const CATEGORY_OF: ReadonlyMap<string, Category> = new Map(
  CATEGORIES.flatMap((category) =>
    category === 'other' ? [] : BY_NAME[category].map((name) => [name, category] as const),
  ),
);

/** By the event's name. */
export function categoryOf(name: string): Category {
  const known = CATEGORY_OF.get(name);
  if (known !== undefined) return known;
  if (/^(V8\.GC|BlinkGC|CppGC)/.test(name)) return 'garbage';
  return /^(v8|V8Console)/i.test(name) ? 'scripting' : 'other';
}
