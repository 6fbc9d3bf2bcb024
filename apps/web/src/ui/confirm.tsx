import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { useOpener } from './use-opener.ts';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly keep: string;
  readonly pending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** Why it did not work, once it has been tried. */
  readonly error?: string | null;
  readonly children?: ReactNode;
}

/** Asks before what cannot be undone. */
export function Confirm({
  title,
  text,
  confirm,
  keep,
  pending,
  onConfirm,
  onClose,
  error = null,
  children,
}: ConfirmProps) {
  const giveBack = useOpener();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[#08101a]/55" />
        <AlertDialog.Content
          onCloseAutoFocus={giveBack}
          className="fixed inset-x-3 bottom-3 z-50 animate-enter rounded-2xl bg-raised p-5 shadow-lift sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[26rem] sm:-translate-x-1/2 sm:-translate-y-1/2"
        >
          <AlertDialog.Title className="text-lg font-semibold break-words">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-soft">{text}</AlertDialog.Description>
          {children}
          {error !== null && (
            <Alert tone="bad" className="mt-3">
              {error}
            </Alert>
          )}
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{keep}</Button>
            </AlertDialog.Cancel>
            <Button look="danger" pending={pending} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
