/** The list that stands under a key: an empty one, kept there from now on, where there was none. */
export function listUnder<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const fresh: Value[] = [];
  lists.set(key, fresh);
  return fresh;
}
