import type { CommandFailed } from '@almenara/client';
import type { ReactNode } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogForm } from '../ui/dialog.tsx';
import { CommandError } from './command-error.tsx';

interface CommandDialogProps {
  readonly title: string;
  readonly description?: string;
  readonly submit: string;
  readonly form: { readonly pending: boolean; readonly error: CommandFailed | null };
  /** Where the dialog knows better than the error's code. */
  readonly errorText?: string | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A dialog that sends one command. */
export function CommandDialog(props: CommandDialogProps) {
  const { title, description, submit, form, errorText, onSubmit, onClose, children, wide = false } = props;
  const { t } = useTranslation();
  return (
    <Dialog title={title} {...(description !== undefined && { description })} onClose={onClose} wide={wide}>
      <DialogForm
        onSubmit={onSubmit}
        footer={
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" look="primary" pending={form.pending}>
              {submit}
            </Button>
          </>
        }
      >
        <CommandError error={form.error} text={errorText} />
        {children}
      </DialogForm>
    </Dialog>
  );
}
