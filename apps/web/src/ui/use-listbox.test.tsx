import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { useListbox } from './use-listbox.ts';

afterEach(cleanup);

interface Word {
  readonly id: string;
}

const words = (...ids: string[]): Word[] => ids.map((id) => ({ id }));

interface SuggestionsProps {
  readonly options: readonly Word[];
  readonly none?: boolean;
  readonly settled?: boolean;
  readonly onPick?: (word: Word) => void;
}

function Suggestions({ options, none = false, settled, onPick = () => {} }: SuggestionsProps) {
  const [open, setOpen] = useState(false);
  const listbox = useListbox({
    options,
    open,
    ...(none && { first: null }),
    ...(settled !== undefined && { settled }),
    onPick,
    onOpen: () => setOpen(true),
    onClose: () => setOpen(false),
  });
  return (
    <>
      <input {...listbox.field} aria-label="Word" onChange={listbox.reset} onKeyDown={listbox.onKeyDown} />
      <div {...listbox.listProps('Words')} hidden={!open}>
        {options.map((word) => (
          <div key={word.id} {...listbox.optionProps(word)}>
            {word.id}
          </div>
        ))}
      </div>
    </>
  );
}

const field = (): HTMLElement => screen.getByRole('combobox');
/** What a screen reader is told of as marked. */
const marked = (): string | null | undefined => {
  const id = field().getAttribute('aria-activedescendant');
  return id === null ? null : document.getElementById(id)?.textContent;
};

test('the first arrow opens the list, further ones mark and go round at both ends', async () => {
  render(<Suggestions options={words('ant', 'bee', 'cow')} />);
  field().focus();
  expect(marked()).toBeNull();
  await userEvent.keyboard('{ArrowDown}');
  expect(marked()).toBe('ant');
  await userEvent.keyboard('{ArrowUp}');
  expect(marked()).toBe('cow');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(marked()).toBe('bee');
  expect(screen.getByRole('option', { selected: true }).textContent).toBe('bee');
});

test('where nothing is marked at first, Enter is not for the list, and both arrows reach its nearer end', async () => {
  const onPick = vi.fn();
  render(<Suggestions options={words('ant', 'bee')} none onPick={onPick} />);
  field().focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(marked()).toBeNull();
  expect(fireEvent.keyDown(field(), { key: 'Enter' })).toBe(true);
  expect(onPick).not.toHaveBeenCalled();
  await userEvent.keyboard('{ArrowUp}');
  expect(marked()).toBe('bee');
  await userEvent.keyboard('{Enter}');
  expect(onPick).toHaveBeenCalledExactlyOnceWith({ id: 'bee' });
});

test('what somebody has marked stays marked when others come before it', async () => {
  const view = render(<Suggestions options={words('bee', 'cow')} />);
  field().focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(marked()).toBe('cow');
  view.rerender(<Suggestions options={words('ant', 'bee', 'cow')} />);
  expect(marked()).toBe('cow');
  await userEvent.type(field(), 'x', { skipClick: true });
  expect(marked()).toBe('ant');
});

test('Enter is for what was typed: it waits for options that answer it', async () => {
  const onPick = vi.fn();
  const view = render(<Suggestions options={words('ant')} settled={false} onPick={onPick} />);
  field().focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onPick).not.toHaveBeenCalled();
  view.rerender(<Suggestions options={words('bee')} settled onPick={onPick} />);
  expect(onPick).toHaveBeenCalledExactlyOnceWith({ id: 'bee' });
});

test('Enter that is held down, or that ends a letter made of several keys, takes nothing', async () => {
  const onPick = vi.fn();
  render(<Suggestions options={words('ant')} onPick={onPick} />);
  field().focus();
  await userEvent.keyboard('{ArrowDown}');
  fireEvent.keyDown(field(), { key: 'Enter', repeat: true });
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  expect(onPick).not.toHaveBeenCalled();
});

test('Escape closes the list, and only what is around it when it is closed', async () => {
  const around = vi.fn();
  document.addEventListener('keydown', around);
  render(<Suggestions options={words('ant')} />);
  field().focus();
  await userEvent.keyboard('{ArrowDown}');
  around.mockClear();
  await userEvent.keyboard('{Escape}');
  expect(field().getAttribute('aria-expanded')).toBe('false');
  expect(around).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(around).toHaveBeenCalledOnce();
  document.removeEventListener('keydown', around);
});
