import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { SteadyList } from '../../ui/steady-list.tsx';
import { useHeld } from '../../ui/use-held.ts';

export const ROWS = 4;
/** On a phone, where the three cards are one below the other. */
const PHONE_ROWS = 2;

interface AttentionCardProps<T> {
  readonly title: string;
  readonly tone: 'bad' | 'signal';
  /** Null while it is not known. */
  readonly items: readonly T[] | null;
  /** How many there are, if more than `items`. */
  readonly total?: number | undefined;
  /** There may be others: the server could not be asked. */
  readonly heldOnly?: boolean | undefined;
  readonly keyOf: (item: T) => string;
  /** What it means that there is nothing. */
  readonly fine: string;
  /** Where all of them are. */
  readonly all: '/orders' | '/inventory';
  readonly children: (item: T) => ReactNode;
}

/** What needs someone, the most urgent first. Holds still under the mouse, so that a press meets what was aimed at. */
export function AttentionCard<T>(props: AttentionCardProps<T>) {
  const { title, tone, items, total, heldOnly, keyOf, fine, all, children } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const { shown, bind } = useHeld(items);
  const count = total ?? items?.length ?? 0;
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col rounded-xl border border-line bg-surface p-4"
    >
      <h2 id={id} className="mb-1 flex min-h-6 items-center gap-2 font-semibold">
        {title}
        {count > 0 && (
          <Badge tone={tone}>
            {formats.number(count)}
            {heldOnly && '+'}
          </Badge>
        )}
      </h2>
      <div {...bind} className="relative">
        <SteadyList label={title} items={shown ?? []} keyOf={keyOf} rows={ROWS} phoneRows={PHONE_ROWS}>
          {children}
        </SteadyList>
        {shown === null && <Skeleton className="absolute inset-x-0 top-2 h-24 md:h-40" />}
        {shown?.length === 0 && (
          <p className="absolute inset-0 flex flex-col items-center justify-center gap-2 px-4 text-center text-soft">
            {!heldOnly && <CircleCheck aria-hidden className="size-7 text-good" />}
            {heldOnly ? t('overview.held_only') : fine}
          </p>
        )}
      </div>
      <p className="min-h-8 pt-2 text-sm pointer-coarse:-mb-3 pointer-coarse:min-h-[44px] pointer-coarse:pt-0">
        {count > PHONE_ROWS && (
          <Link
            to={all}
            className={clsx(
              'items-center text-cool underline pointer-coarse:min-h-[44px]',
              count > ROWS ? 'pointer-coarse:inline-flex' : 'max-md:pointer-coarse:inline-flex md:hidden',
            )}
          >
            <span className="md:hidden">{t('overview.more', { count: count - PHONE_ROWS })}</span>
            <span className="max-md:hidden">{t('overview.more', { count: count - ROWS })}</span>
          </Link>
        )}
      </p>
    </section>
  );
}
