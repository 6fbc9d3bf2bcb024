import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const TONES = {
  signal: 'bg-signal-wash text-signal-ink border border-transparent',
  bad: 'bg-bad-wash text-bad border border-transparent',
  good: 'bg-good-wash text-good border border-transparent',
  plain: 'bg-sunken text-soft border border-line',
};

export function Badge({
  tone = 'plain',
  children,
  className,
}: {
  tone?: keyof typeof TONES;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-[0.8rem] leading-tight font-semibold whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
