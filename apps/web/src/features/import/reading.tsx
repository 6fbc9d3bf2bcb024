import { useTranslation } from '../../i18n/use-translation.ts';
import { Skeleton } from '../../ui/placeholder.tsx';

/** The shape of an import that is being read. */
export function Reading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('import.reading')} className="flex flex-col gap-4">
      <Skeleton className="h-10 w-64" />
      <Skeleton className="h-56" />
      <Skeleton className="h-40" />
    </div>
  );
}
