import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createPortal } from 'react-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useReading } from './use-reading.ts';

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function List() {
  const { reading, stop, bind } = useReading();
  return (
    <>
      <output>{reading ? 'read' : 'left'}</output>
      <div data-testid="list" {...bind}>
        <button type="button">Row</button>
        {createPortal(<button type="button">Menu</button>, document.body)}
      </div>
      <button type="button" onClick={stop}>
        Go on
      </button>
    </>
  );
}

const state = (): string | null => screen.getByRole('status').textContent;
const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test('a list is read while a mouse is over it', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  render(<List />);
  expect(state()).toBe('left');
  await user.hover(screen.getByTestId('list'));
  expect(state()).toBe('read');
  await user.hover(button('Go on'));
  expect(state()).toBe('left');
});

test('whoever lifts a finger goes on reading for a moment', async () => {
  render(<List />);
  const list = screen.getByTestId('list');
  fireEvent.pointerEnter(list, { pointerType: 'touch' });
  fireEvent.pointerLeave(list, { pointerType: 'touch' });
  await pass(2000);
  expect(state()).toBe('read');
  fireEvent.pointerEnter(list, { pointerType: 'touch' });
  fireEvent.pointerLeave(list, { pointerType: 'touch' });
  await pass(2000);
  expect(state()).toBe('read');
  await pass(1000);
  expect(state()).toBe('left');
});

test('the keyboard reads where it is, also in a menu that was opened from the list', async () => {
  render(<List />);
  const focus = (name: string) => act(() => button(name).focus());
  focus('Row');
  expect(state()).toBe('read');
  focus('Menu');
  await pass(500);
  expect(state()).toBe('read');
  focus('Go on');
  await pass(500);
  expect(state()).toBe('left');
});

test('who asks for what is new has stopped to read, until there is another sign of it', async () => {
  render(<List />);
  fireEvent.pointerEnter(screen.getByTestId('list'), { pointerType: 'touch' });
  fireEvent.click(button('Go on'));
  expect(state()).toBe('left');
  fireEvent.pointerEnter(screen.getByTestId('list'), { pointerType: 'touch' });
  expect(state()).toBe('read');
});
