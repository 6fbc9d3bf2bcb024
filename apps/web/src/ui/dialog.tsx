import { clsx } from 'clsx';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { CloseButton } from './close-button.tsx';
import { useOpener } from './use-opener.ts';

interface DialogProps {
  readonly title: string;
  readonly description?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** Stands while it is rendered. On a phone it rises from the bottom and fills what it needs. */
export function Dialog({ title, description, onClose, children, wide = false }: DialogProps) {
  const giveBack = useOpener();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-[#08101a]/55" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={beginWhereWanted}
          onCloseAutoFocus={giveBack}
          onInteractOutside={(event) => event.preventDefault()}
          className={clsx(
            'fixed z-50 flex max-h-[92dvh] w-full animate-enter flex-col bg-raised shadow-lift',
            'inset-x-0 bottom-0 rounded-t-2xl',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[88dvh] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl',
            wide ? 'sm:max-w-2xl' : 'sm:max-w-md',
          )}
        >
          <div className="flex items-start justify-between gap-3 py-3 pr-2 pl-5">
            <div className="min-w-0">
              <Radix.Title className="control flex items-center text-lg leading-tight font-semibold">
                <span className="min-w-0 break-words">{title}</span>
              </Radix.Title>
              {description !== undefined && (
                <Radix.Description className="text-soft break-words">{description}</Radix.Description>
              )}
            </div>
            <CloseButton />
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Over another dialog React's own `autoFocus` comes too early: the one below still keeps the focus to itself, and the
 * first that can take it would be the button that closes.
 */
function beginWhereWanted(event: Event): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const wanted = currentTarget.querySelector<HTMLElement>('[data-autofocus]');
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
}

/** A dialog's form: its body scrolls, its buttons stay in reach. */
export function DialogForm({
  onSubmit,
  children,
  footer,
}: {
  onSubmit: () => void;
  children: ReactNode;
  footer: ReactNode;
}) {
  return (
    <form
      noValidate
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className="relative flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">
        {children}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        {footer}
      </div>
    </form>
  );
}
