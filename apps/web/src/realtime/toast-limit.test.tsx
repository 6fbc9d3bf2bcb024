import { expect, test } from 'vitest';
import { TOASTS_PER_WINDOW, toastLimit, WINDOW_MS } from './toast-limit.ts';

test('a flood shows a few and counts the rest; after a quiet while it shows again', () => {
  const limit = toastLimit();
  for (let i = 0; i < TOASTS_PER_WINDOW; i += 1) expect(limit(i)).toEqual({ kind: 'show' });
  expect(limit(10)).toEqual({ kind: 'fold', hidden: 1 });
  expect(limit(11)).toEqual({ kind: 'fold', hidden: 2 });
  expect(limit(WINDOW_MS + 20)).toEqual({ kind: 'show' });
});
