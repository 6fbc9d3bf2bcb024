import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react';
import { Field } from './field.tsx';

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  readonly detail?: ReactNode;
  /** Does something that nobody asked for by typing alone: Enter takes it only once an arrow has marked it. */
  readonly apart?: boolean;
}

interface ComboboxProps {
  readonly label: string;
  /** What is written in the field. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What fits the text, best first. */
  readonly options: readonly ComboboxOption[];
  readonly onPick: (option: ComboboxOption) => void;
  readonly nothing: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly optional?: boolean | 'silent';
  /** Enter with nothing marked; without it that sends the form. */
  readonly onEnter?: (text: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A field that offers what fits what is typed (ARIA combobox with a list). Enter takes the marked one. */
export function Combobox({
  label,
  text,
  onText,
  options,
  onPick,
  nothing,
  placeholder,
  error,
  autoFocus,
  optional = false,
  onEnter,
  inputRef,
}: ComboboxProps) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  /** Null: nothing was marked by hand, so the first one is. */
  const [marked, setMarked] = useState<number | null>(null);
  const at = Math.min(marked ?? (options[0]?.apart ? -1 : 0), options.length - 1);
  const active = options[at];

  const pick = (option: ComboboxOption): void => {
    setOpen(false);
    setMarked(null);
    onPick(option);
  };
  const move = (by: number): void => {
    setOpen(true);
    if (!open || options.length === 0) return;
    const next = (Math.max(at, by > 0 ? -1 : 0) + by + options.length) % options.length;
    setMarked(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && open && active) pick(active);
    else if (event.key === 'Enter' && onEnter && !event.ctrlKey && !event.metaKey) onEnter(text);
    else if (event.key === 'Escape' && open) {
      setOpen(false);
      // The dialog around it stays.
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
    } else return;
    event.preventDefault();
  };

  return (
    <Field label={label} error={error} optional={optional} className="relative">
      {(control) => (
        <>
          <input
            {...control}
            ref={inputRef}
            role="combobox"
            autoComplete="off"
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && active ? `${listId}-${active.id}` : undefined}
            placeholder={placeholder}
            // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was just opened
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            className="field control"
            value={text}
            onChange={(event) => {
              onText(event.target.value);
              setMarked(null);
              setOpen(true);
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={label}
            hidden={!open}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto rounded-xl border border-line bg-raised py-1 shadow-lift"
          >
            {options.length === 0 && (
              <div
                role="option"
                aria-selected="false"
                aria-disabled="true"
                tabIndex={-1}
                className="px-3 py-2 text-soft"
              >
                {nothing}
              </div>
            )}
            {options.map((option) => (
              <div
                key={option.id}
                id={`${listId}-${option.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={option === active}
                // Before the field loses focus, which closes the list.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => pick(option)}
                onKeyDown={onKeyDown}
                className={clsx(
                  'control flex cursor-pointer items-center justify-between gap-3 px-3 py-1.5',
                  option === active ? 'bg-sunken shadow-[inset_3px_0_0_var(--signal)]' : 'hover:bg-sunken',
                )}
              >
                <span className="min-w-0 break-words">{option.label}</span>
                {option.detail !== undefined && (
                  <span className="max-w-2/5 shrink-0 truncate text-sm text-soft">{option.detail}</span>
                )}
              </div>
            ))}
          </div>
        </>
      )}
    </Field>
  );
}
