import { ORDER_STATUSES } from '@almenara/events';
import { clsx } from 'clsx';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Skeleton } from '../../../ui/placeholder.tsx';

/** Widths at which part of a further column shows wherever not all fit, as a sign that the board scrolls sideways. */
export const COLUMN_WIDTH =
  'w-[78vw] shrink-0 min-[30rem]:w-[42vw] md:w-[29vw] lg:w-auto lg:min-w-[28.5%] min-[69rem]:min-w-[22%] xl:min-w-48 lg:flex-1 lg:shrink';

export function BoardSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className="flex flex-1 gap-2.5 overflow-hidden">
      {ORDER_STATUSES.map((status) => (
        <div key={status} className={clsx(COLUMN_WIDTH, 'flex flex-col gap-2 rounded-xl bg-sunken p-2')}>
          <Skeleton className="h-7" />
          <Skeleton className="h-22" />
          <Skeleton className="h-22" />
        </div>
      ))}
    </div>
  );
}
