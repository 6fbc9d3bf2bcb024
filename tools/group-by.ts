/**
 * Vitest 5 calls Map.groupBy and Object.groupBy, which Node 20 does not have, when it prints failures: without these
 * a failed test would show no reason. To be removed when Node 22 is the oldest we support.
 */
function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item, index: number) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

Map.groupBy ??= groupBy;
Object.groupBy ??= (items, keyOf) =>
  Object.assign(Object.create(null), Object.fromEntries(groupBy(items, keyOf)));
