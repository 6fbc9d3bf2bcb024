import { type ComponentType, lazy, Suspense } from 'react';

/** A part that is loaded when it is first drawn: a dialog, a menu, a chart. Nothing stands in for it meanwhile. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = lazy(async () => ({ default: await load() }));
  return function LazyPart(props: P) {
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  };
}
