import { clsx } from 'clsx';
import type { HTMLInputTypeAttribute, Ref } from 'react';
import { Field } from './field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly optional?: boolean | 'silent';
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly multiline?: boolean;
  readonly className?: string;
  /** Of the input, to move the focus to. */
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  value,
  onChange,
  error,
  hint,
  optional,
  multiline,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  const { type, inputMode, autoComplete = 'off', autoFocus } = rest;
  return (
    <Field
      label={label}
      error={error}
      {...(hint !== undefined && { hint })}
      {...(optional !== undefined && { optional })}
      {...(className !== undefined && { className })}
    >
      {(control) =>
        multiline ? (
          <textarea
            {...control}
            rows={3}
            className="field py-2"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <input
            {...control}
            ref={inputRef}
            type={type ?? 'text'}
            inputMode={inputMode}
            autoComplete={autoComplete}
            // biome-ignore lint/a11y/noAutofocus: only where a page or dialog has one purpose, and this is where it begins
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            className={clsx('field control', inputMode === 'numeric' && 'text-right')}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
