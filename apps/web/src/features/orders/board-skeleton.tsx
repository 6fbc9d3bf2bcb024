import { ORDER_STATUSES } from '@almenara/events';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Skeleton } from '../../ui/placeholder.tsx';

export function BoardSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className="flex flex-1 gap-2.5 overflow-hidden">
      {ORDER_STATUSES.map((status) => (
        <div
          key={status}
          className="flex w-[78vw] shrink-0 flex-col gap-2 rounded-xl bg-sunken p-2 sm:w-64 lg:w-auto lg:flex-1"
        >
          <Skeleton className="h-7" />
          <Skeleton className="h-22" />
          <Skeleton className="h-22" />
        </div>
      ))}
    </div>
  );
}
