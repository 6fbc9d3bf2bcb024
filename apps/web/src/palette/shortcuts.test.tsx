import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Action, contribute } from './actions.ts';
import { closeOverlay, givenAhead, overlay } from './desk-overlay.ts';
import { KeySequence, listenForShortcuts, switchShortcuts } from './shortcuts.ts';

const orders = vi.fn();
const help = vi.fn();
const action = (id: string, keys: string, run: () => void): Action => ({
  id,
  group: 'action',
  label: id,
  keys,
  run,
});
const offered = [action('orders', 'g o', orders), action('help', '?', help), action('open', 'o', vi.fn())];

let stops: (() => void)[] = [];
beforeEach(() => {
  stops = [contribute(offered), listenForShortcuts()];
});
afterEach(() => {
  for (const stop of stops) stop();
  cleanup();
  vi.clearAllMocks();
  closeOverlay();
  switchShortcuts(true);
});

test('keys pressed one after the other do what they stand for', async () => {
  await userEvent.keyboard('go?');
  expect(orders).toHaveBeenCalledOnce();
  expect(help).toHaveBeenCalledOnce();
});

test('while someone types, keys are text', async () => {
  render(
    <>
      <input aria-label="Search" />
      <textarea aria-label="Notes" />
      {/* biome-ignore lint/a11y/useSemanticElements: text that is edited in place is the case */}
      <div contentEditable suppressContentEditableWarning role="textbox" aria-label="Free" tabIndex={0} />
    </>,
  );
  for (const name of ['Search', 'Notes', 'Free']) {
    await userEvent.click(screen.getByRole('textbox', { name }));
    await userEvent.keyboard('go?');
  }
  expect(screen.getByRole('textbox', { name: 'Search' })).toHaveProperty('value', 'go?');
  expect(orders).not.toHaveBeenCalled();
  expect(help).not.toHaveBeenCalled();
});

test('an open dialog, a held modifier and the switch keep keys to themselves', async () => {
  await userEvent.keyboard('{Control>}g{/Control}{Alt>}o{/Alt}');
  const dialog = render(<div role="dialog">Open</div>);
  await userEvent.keyboard('go');
  dialog.unmount();
  switchShortcuts(false);
  await userEvent.keyboard('go?');
  expect(orders).not.toHaveBeenCalled();
  expect(help).not.toHaveBeenCalled();
});

test('Ctrl K opens the palette also while typing, and what is typed before it has come is for it alone', async () => {
  render(<input aria-label="Search" />);
  await userEvent.click(screen.getByRole('textbox'));
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(overlay.getState()).toBe('palette');
  await userEvent.keyboard('gx{Backspace}o{Enter}');
  expect(screen.getByRole('textbox')).toHaveProperty('value', '');
  expect(orders).not.toHaveBeenCalled();
  expect(givenAhead()).toEqual({ typed: 'go', entered: true });
  await userEvent.keyboard('{Escape}');
  expect(overlay.getState()).toBeNull();
});

test('a key that is held while the palette comes is not for the field behind: kept if pressed for it, dropped if held since before', async () => {
  render(<input aria-label="Search" />);
  await userEvent.click(screen.getByRole('textbox'));
  await userEvent.keyboard('{Control>}k{/Control}');
  const hold = (key: string): boolean =>
    !screen
      .getByRole('textbox')
      .dispatchEvent(new KeyboardEvent('keydown', { key, repeat: true, bubbles: true, cancelable: true }));
  expect([hold('k'), hold('Enter')]).toEqual([true, true]);
  expect(givenAhead()).toEqual({ typed: '', entered: false });
  await userEvent.keyboard('go');
  expect(hold('o')).toBe(true);
  expect(givenAhead().typed).toBe('goo');
});

test('a sequence is forgotten after a while, and by a key that does not belong to it', () => {
  const sequence = new KeySequence();
  const press = (key: string, at: number) => sequence.press(key, at, offered)?.id ?? null;
  expect([press('g', 0), press('o', 500)]).toEqual([null, 'orders']);
  expect([press('g', 1000), press('o', 5000)]).toEqual([null, 'open']);
  expect([press('g', 6000), press('x', 6100), press('o', 6200)]).toEqual([null, null, 'open']);
  expect([press('g', 7000), press('?', 7100)]).toEqual([null, 'help']);
});
