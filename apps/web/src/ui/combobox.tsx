import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { Field } from './field.tsx';
import { useListbox } from './use-listbox.ts';

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
  const [open, setOpen] = useState(false);
  const listbox = useListbox({
    options,
    open,
    first: options[0]?.apart ? null : options[0],
    onPick: (option) => {
      setOpen(false);
      onPick(option);
    },
    onOpen: () => setOpen(true),
    onClose: () => setOpen(false),
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (listbox.onKeyDown(event) || event.key !== 'Enter' || !onEnter) return;
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnter(text);
  };

  return (
    <Field label={label} error={error} optional={optional} className="relative">
      {(control) => (
        <>
          <input
            {...control}
            ref={inputRef}
            {...listbox.field}
            placeholder={placeholder}
            // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was just opened
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            className="field control"
            value={text}
            onChange={(event) => {
              onText(event.target.value);
              listbox.reset();
              setOpen(true);
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          <div
            {...listbox.listProps(label)}
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
                {...listbox.optionProps(option)}
                className={clsx(
                  'control flex cursor-pointer items-center justify-between gap-3 px-3 py-1.5',
                  option === listbox.active
                    ? 'bg-sunken shadow-[inset_3px_0_0_var(--signal)]'
                    : 'hover:bg-sunken',
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
