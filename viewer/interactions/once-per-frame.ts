/** Gestures come faster than frames. Only the last of a frame is drawn. */
export function oncePerFrame<State>(draw: (state: State) => void): (state: State) => void {
  let latest: { readonly state: State } | undefined;
  return (state) => {
    const isAsked = latest !== undefined;
    latest = { state };
    if (isAsked) return;
    requestAnimationFrame(() => {
      const drawn = latest;
      latest = undefined;
      if (drawn !== undefined) draw(drawn.state);
    });
  };
}
