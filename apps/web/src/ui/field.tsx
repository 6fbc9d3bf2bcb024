import { type ReactNode, useId } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';

/** What ties a control to its label, hint and error. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-required': boolean;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** `silent`: all fields around it are optional, too, so it is not marked as such. */
  readonly optional?: boolean | 'silent';
  readonly className?: string;
  readonly children: (control: ControlProps) => ReactNode;
}

export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const noteId = `${id}note`;
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
        {optional === true && <span className="ml-1.5 font-normal text-soft">({t('field.optional')})</span>}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-required': !optional,
      })}
      {note !== undefined && (
        <p
          id={noteId}
          // What comes after an answer is read out: the focus stays on the button that asked.
          aria-live="polite"
          className={error === undefined ? 'mt-1 text-sm text-soft' : 'mt-1 text-sm font-medium text-bad'}
        >
          {note}
        </p>
      )}
    </div>
  );
}
