import { clsx } from 'clsx';
import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';

interface AlertProps {
  readonly tone: 'bad' | 'warn' | 'info';
  readonly title?: string;
  readonly children?: ReactNode;
  readonly className?: string;
}

const TONES = {
  bad: 'bg-bad-wash text-bad',
  warn: 'bg-signal-wash text-signal-ink',
  info: 'bg-cool-wash text-cool',
};

/** Said aloud when it appears. */
export function Alert({ tone, title, children, className }: AlertProps) {
  const Icon = tone === 'info' ? Info : CircleAlert;
  return (
    <div
      role="alert"
      className={clsx(
        'flex gap-2.5 rounded-lg border border-transparent px-3 py-2.5 text-[0.95rem]',
        TONES[tone],
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 break-words">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
