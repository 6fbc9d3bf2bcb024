import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { useFieldErrors } from './field-errors.ts';

vi.mock('./inputs.ts', () => {
  throw new Error('No network');
});

beforeEach(() => startI18n('en'));
afterEach(cleanup);

test('[Q2] where the schemas are not to be had, the server checks; but what is no number is not sent as none', async () => {
  const { result } = renderHook(() => useFieldErrors(({ commands }) => commands.record_count.input));
  const count = (counted: number): Promise<boolean> =>
    act(() => result.current.check({ countId: 'one', lines: [{ counted }] }));
  expect(await count(Number.NaN)).toBe(false);
  expect(result.current.errors).toEqual({ 'lines.0.counted': 'Enter a whole number.' });
  expect(await count(12)).toBe(true);
  expect(result.current.errors).toEqual({});
});
