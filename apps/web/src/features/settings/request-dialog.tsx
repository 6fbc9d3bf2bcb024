import type { ReactNode } from 'react';
import type { Call } from '../../http/use-request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogForm } from '../../ui/dialog.tsx';

interface RequestDialogProps {
  readonly title: string;
  readonly description?: string;
  readonly submit: string;
  readonly request: Call;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What came of it, in place of the form: the same dialog goes on, and keeps the focus. */
  readonly result?: ReactNode;
}

/** A dialog that sends one request. */
export function RequestDialog({
  result,
  request,
  submit,
  onSubmit,
  onClose,
  children,
  ...texts
}: RequestDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog {...texts} onClose={onClose}>
      {result ?? (
        <DialogForm
          onSubmit={onSubmit}
          footer={
            <>
              <Button onClick={onClose}>{t('action.cancel')}</Button>
              <Button type="submit" look="primary" pending={request.pending}>
                {submit}
              </Button>
            </>
          }
        >
          {request.error !== null && <Alert tone="bad">{request.error}</Alert>}
          {children}
        </DialogForm>
      )}
    </Dialog>
  );
}
