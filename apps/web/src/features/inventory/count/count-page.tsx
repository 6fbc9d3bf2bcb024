import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { useStockSummary, useZoneFollowed, useZones } from '../../../catalogue/use-stock.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useTopicPart } from '../../../realtime/index.ts';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { UnknownZone } from '../unknown-zone.tsx';
import { useOpenCount } from './use-open-count.ts';

const CountSession = lazyPart(async () => (await import('./count-session.tsx')).CountSession, {
  placeholder: () => <CountSkeleton />,
});
const NoCount = lazyPart(async () => (await import('./no-count.tsx')).NoCount, {
  placeholder: () => <CountSkeleton />,
});

/** /inventory/$zone/count: several people count one zone together. */
export function CountPage() {
  const { zone } = useParams({ from: '/desk/inventory/$zone/count' });
  return <ZoneCount key={zone} zone={zone} />;
}

export function ZoneCount({ zone }: { zone: string }) {
  const { t } = useTranslation();
  const zones = useZones();
  useZoneFollowed(zone);
  const view = useOpenCount(zone);
  const products = useTopicPart('products', () => true);
  // Which of the two parts is needed is known before products and levels have come, so its code is loaded
  // meanwhile.
  const Part = view === null ? null : view.count ? CountSession : NoCount;
  useEffect(() => Part?.preload(), [Part]);
  const levels = useStockSummary(({ loaded }) => loaded.has(zone));
  const ready = view !== null && products === true && levels;
  const known = zones?.find(({ code }) => code === zone);
  return (
    <Page
      title={t('count.title', { zone })}
      actions={
        known && (
          <Link
            to="/inventory/$zone"
            // `exact`: this page's address is below the zone's, but the link must not show as the current page.
            activeOptions={{ exact: true }}
            params={{ zone }}
            search={{}}
            className="control inline-flex items-center gap-2 rounded-lg px-3 font-medium text-soft hover:bg-sunken hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4 shrink-0" />
            <span className="max-w-60 truncate">{known.name}</span>
          </Link>
        )
      }
    >
      {zones !== null && !known && <UnknownZone code={zone} />}
      {(zones === null || known) && !ready && <CountSkeleton />}
      {ready && view.count && <CountSession key={view.count.id} count={view.count} />}
      {ready && !view.count && <NoCount zone={zone} last={view.last} />}
    </Page>
  );
}

function CountSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')}>
      <Skeleton className="h-72" />
    </div>
  );
}
