import { type KeyboardEvent, type PointerEvent, useEffect, useId, useState } from 'react';

interface ListboxOptions<T> {
  /** What is offered, in the order in which it is shown. */
  readonly options: readonly T[];
  readonly open: boolean;
  /** The one that is marked until somebody marks another by hand; the first, unless this says none. */
  readonly first?: T | null | undefined;
  /**
   * Whether the options answer what is typed by now. Where they may come a moment later, Enter waits for those that do.
   * Without it they are always there, and Enter with nothing marked is not for the list.
   */
  readonly settled?: boolean;
  readonly onPick: (option: T) => void;
  /** An arrow was pressed while the list was closed. */
  readonly onOpen?: () => void;
  /** Without it Escape is not for the list. */
  readonly onClose?: () => void;
}

export interface Listbox<T> {
  /** The option that is marked: Enter takes it. */
  readonly active: T | undefined;
  readonly mark: (option: T) => void;
  /** What is typed has changed: nothing is marked by hand any more, and an Enter of before is for nothing. */
  readonly reset: () => void;
  /** As if Enter had been pressed. */
  readonly enter: () => void;
  /** For the field, first. @returns whether the key was for the list */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly field: {
    readonly role: 'combobox';
    readonly autoComplete: 'off';
    readonly 'aria-expanded': boolean;
    readonly 'aria-controls': string;
    readonly 'aria-autocomplete': 'list';
    readonly 'aria-activedescendant': string | undefined;
  };
  /** For the element around the options. */
  readonly listProps: (label: string) => {
    readonly id: string;
    readonly role: 'listbox';
    readonly 'aria-label': string;
  };
  readonly optionProps: (option: T) => {
    readonly id: string;
    readonly role: 'option';
    readonly tabIndex: -1;
    readonly 'aria-selected': boolean;
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onClick: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

/**
 * The list under a field in which one types (ARIA combobox with a list): the focus stays in the field, arrows mark an
 * option and go round at both ends, Enter takes it, Escape closes the list. Home and End move in the text, as the
 * pattern has it for fields that can be edited. What the list offers, and where it stands, is its owner's.
 */
export function useListbox<T extends { readonly id: string }>({
  options,
  open,
  first = options[0],
  settled,
  onPick,
  onOpen,
  onClose,
}: ListboxOptions<T>): Listbox<T> {
  const id = useId();
  const [markedId, setMarkedId] = useState<string | null>(null);
  const [entered, setEntered] = useState(false);
  const active = options.find((option) => option.id === markedId) ?? first ?? undefined;
  const idOf = (option: T): string => `${id}-${option.id}`;

  const pick = (option: T): void => {
    setMarkedId(null);
    setEntered(false);
    onPick(option);
  };
  useEffect(() => {
    if (entered && settled && active) pick(active);
  });
  const move = (by: 1 | -1): void => {
    if (!open) return onOpen?.();
    const at = active ? options.indexOf(active) : by > 0 ? -1 : 0;
    const next = options.at((at + by) % options.length);
    if (!next) return;
    setMarkedId(next.id);
    document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' });
  };
  /** Whether the key was for the list. */
  const take = (event: KeyboardEvent): boolean => {
    // Keys that put a letter together, as those of a Japanese keyboard, are for the field.
    if (event.nativeEvent.isComposing) return false;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && open) {
      if (settled === undefined && !active) return false;
      // Held down since it opened the list, it is not for what stands first there.
      if (event.repeat) return true;
      if (settled !== undefined) setEntered(true);
      else if (active) pick(active);
    } else if (event.key === 'Escape' && open && onClose) {
      onClose();
      // A dialog around it stays open.
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const taken = take(event);
    if (taken) event.preventDefault();
    return taken;
  };

  return {
    active,
    mark: (option) => setMarkedId(option.id),
    reset: () => {
      setMarkedId(null);
      setEntered(false);
    },
    enter: () => setEntered(true),
    onKeyDown,
    field: {
      role: 'combobox',
      autoComplete: 'off',
      'aria-expanded': open,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': open && active ? idOf(active) : undefined,
    },
    listProps: (label) => ({ id, role: 'listbox', 'aria-label': label }),
    optionProps: (option) => ({
      id: idOf(option),
      role: 'option',
      tabIndex: -1,
      'aria-selected': option === active,
      // The field keeps the focus: the list of a combobox closes when it loses it.
      onPointerDown: (event) => event.preventDefault(),
      onClick: () => pick(option),
      onKeyDown: (event) => void onKeyDown(event),
    }),
  };
}
