import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFocusKept } from './use-focus-kept.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Page({ partly = false, row = true }: { partly?: boolean; row?: boolean }) {
  useFocusKept();
  return (
    <main>
      <h1 tabIndex={-1}>Stock</h1>
      <div data-partly-drawn={partly || undefined}>{row && <button type="button">Row</button>}</div>
    </main>
  );
}

/** The focus is on the row, and the row goes. @returns whether the heading has the focus then */
async function goes(partly: boolean): Promise<boolean> {
  const view = render(<Page partly={partly} />);
  screen.getByRole('button').focus();
  view.rerender(<Page partly={partly} row={false} />);
  await act(() => vi.runAllTimersAsync());
  return document.activeElement === screen.getByRole('heading');
}

test('where what had the focus goes away, the heading has it', async () => {
  expect(await goes(false)).toBe(true);
});

test('a row that is scrolled out of sight has not gone', async () => {
  expect(await goes(true)).toBe(false);
});

test('what somebody let go of by pressing beside it is not missed', async () => {
  const view = render(<Page />);
  const row = screen.getByRole('button');
  row.focus();
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  row.blur();
  await act(() => vi.runAllTimersAsync());
  view.rerender(<Page row={false} />);
  await act(() => vi.runAllTimersAsync());
  expect(document.activeElement).toBe(document.body);
});
