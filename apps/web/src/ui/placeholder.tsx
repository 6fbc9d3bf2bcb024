import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** The shape of what will be there. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-breathe rounded-lg bg-line', className)} />;
}

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** Nothing is here yet: says what will be, and how to begin. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-14 text-center">
      <div className="mb-1 grid size-14 place-items-center rounded-2xl bg-signal-wash text-signal-ink">
        {icon}
      </div>
      <h2 className="text-lg font-semibold break-words">{title}</h2>
      <p className="text-soft">{text}</p>
      {children !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
