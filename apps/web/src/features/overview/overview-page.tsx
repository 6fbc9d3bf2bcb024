import { useTranslation } from 'react-i18next';
import { useTopic } from '../../realtime/index.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { ActivityList } from './activity-list.tsx';
import { Figures } from './figures.tsx';
import { LowStock } from './low-stock.tsx';
import { StatusChain } from './status-chain.tsx';

/** How the desk stands now, and what just happened. */
export function OverviewPage() {
  const { t } = useTranslation();
  const { view, status } = useTopic('orders');
  return (
    <Page title={t('overview.title')}>
      {status.kind === 'refused' && <TopicRefused error={status.error} />}
      {view === null ? (
        <div role="status" aria-label={t('app.loading')} className="grid gap-3 md:grid-cols-3">
          <Skeleton className="h-27" />
          <Skeleton className="h-27" />
          <Skeleton className="h-27" />
          <Skeleton className="h-32 md:col-span-3" />
        </div>
      ) : (
        <>
          <Figures view={view} />
          <StatusChain orders={view.orders} />
        </>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <LowStock />
        <ActivityList />
      </div>
    </Page>
  );
}
