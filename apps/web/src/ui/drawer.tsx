import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { CloseButton } from './close-button.tsx';
import { useOpener } from './use-opener.ts';

interface DrawerProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel at the side over a page that can still be seen. On a phone it is the page. */
export function Drawer({ title, onClose, children }: DrawerProps) {
  const giveBack = useOpener();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-fade bg-[#08101a]/45" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
          className="fixed inset-y-0 right-0 z-40 flex w-full animate-slide flex-col bg-raised shadow-lift sm:w-[34rem]"
        >
          <div className="flex items-start justify-between gap-3 border-b border-line py-3 pr-3 pl-5">
            <Radix.Title asChild>
              <h2 className="control flex min-w-0 items-center text-lg leading-tight font-semibold">
                <span className="min-w-0 break-words">{title}</span>
              </h2>
            </Radix.Title>
            <CloseButton />
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
