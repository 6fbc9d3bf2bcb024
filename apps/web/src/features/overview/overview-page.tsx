import { useDeferredValue } from 'react';
import { openOf } from '../../catalogue/open-orders.ts';
import { useLevels } from '../../catalogue/use-stock.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopic, useTopicPart } from '../../realtime/index.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { ActivityList } from './activity-list.tsx';
import { Figures } from './figures.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HoursFigure } from './hours-figure.tsx';
import { LateOrders } from './late-orders.tsx';
import { LowStock } from './low-stock.tsx';
import { Shortages } from './shortages.tsx';
import { StatusChain } from './status-chain.tsx';

/** What needs someone now, how the desk stands, and what just happened. */
export function OverviewPage() {
  const { t } = useTranslation();
  const live = useTopic('orders');
  const { status } = live;
  // Deferred, so that React draws changes in slices and the page stays quick to use, as the board does.
  const view = useDeferredValue(live.view);
  const levels = useDeferredValue(useLevels());
  const named = useTopicPart('products', () => true) ?? false;
  return (
    <Page title={t('overview.title')}>
      {status.kind === 'refused' && <TopicRefused error={status.error} />}
      {view?.total === 0 && <FirstSteps />}
      <section
        aria-label={t('overview.attention')}
        className="grid gap-4 md:grid-cols-2 md:max-xl:[&>:last-child]:col-span-2 xl:grid-cols-3"
      >
        <LateOrders view={view} />
        <Shortages view={view} />
        <LowStock levels={levels} />
      </section>
      {view === null ? (
        <div role="status" aria-label={t('app.loading')} className="grid grid-cols-2 gap-3 md:grid-cols-4">
          <Skeleton className="h-27" />
          <Skeleton className="h-27" />
          <Skeleton className="h-27" />
          <Skeleton className="h-27" />
        </div>
      ) : (
        <Figures open={openOf(view.counts)} levels={levels} />
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        <HoursFigure ready={view !== null && levels !== null && named} />
        {view === null ? <Skeleton className="h-48" /> : <StatusChain counts={view.counts} />}
      </div>
      <ActivityList />
    </Page>
  );
}
