/** Does works, so many at a time, and hands out what they come to in their order. They must not reject. */
export async function* inOrder<T>(
  works: readonly (() => Promise<T>)[],
  atOnce: number,
): AsyncGenerator<T, void, undefined> {
  const begun: Promise<T>[] = [];
  for (let i = 0; i < works.length; i += 1) {
    for (const work of works.slice(begun.length, i + atOnce)) begun.push(work());
    const next = begun[i];
    if (next) yield await next;
  }
}
