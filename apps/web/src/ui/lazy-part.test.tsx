import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ComponentType, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { lazyPart } from './lazy-part.tsx';
import { toast } from './toast.ts';

beforeEach(() => startI18n('en', ['base']));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const MISSING = 'This part of the app could not be loaded. Try again when you are back online.';

/** What does not come the first time. */
function second<P>(part: ComponentType<P>): () => Promise<ComponentType<P>> {
  let asked = 0;
  return () => (asked++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve(part));
}
/** React tells of each error, also of one that is taken care of. */
const hush = () => vi.spyOn(console, 'error').mockImplementation(() => {});

test('a dialog that does not come is closed and said, and comes when it is opened again', async () => {
  hush();
  const said = vi.spyOn(toast, 'error');
  const Dialog = lazyPart(second((_: { onClose: () => void }) => <p>The dialog</p>));
  function Page() {
    const [open, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          {open ? 'opening' : 'closed'}
        </button>
        {open && <Dialog onClose={() => setOpen(false)} />}
      </>
    );
  }
  render(<Page />);
  await userEvent.click(screen.getByRole('button'));
  await screen.findByRole('button', { name: 'closed' });
  expect(said).toHaveBeenCalledExactlyOnceWith(MISSING, expect.anything());
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText('The dialog')).toBeTruthy();
});

test('a piece of a page that does not come says so in its place, and is there after another try', async () => {
  hush();
  const Piece = lazyPart(second(() => <p>The chart</p>));
  render(
    <>
      <p>The rest</p>
      <Piece />
    </>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain(MISSING);
  expect(screen.getByText('The rest')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('The chart')).toBeTruthy();
});

test('what nobody has asked for comes by itself later', async () => {
  hush();
  vi.useFakeTimers();
  const Quiet = lazyPart(
    second(() => <p>Toasts</p>),
    { quiet: true },
  );
  const { container } = await act(async () => render(<Quiet />));
  await act(() => vi.advanceTimersByTimeAsync(9_000));
  expect(container.textContent).toBe('');
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(container.textContent).toBe('Toasts');
});

test('what fails to draw is not taken for one that does not come', async () => {
  hush();
  const Broken = lazyPart(async () => () => {
    throw new Error('broken');
  });
  await expect(act(async () => render(<Broken />))).rejects.toThrow('broken');
});
