import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useLoaded } from './use-loaded.ts';

test('what was loaded is asked for again when the window comes back to the front', async () => {
  let asked = 0;
  const load = async (): Promise<number> => ++asked;
  const { result } = renderHook(() => useLoaded(load));
  await waitFor(() => expect(result.current.value).toBe(1));
  act(() => void window.dispatchEvent(new Event('focus')));
  await waitFor(() => expect(result.current.value).toBe(2));
});
