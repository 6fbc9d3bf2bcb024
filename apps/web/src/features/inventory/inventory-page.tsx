import { useParams, useSearch } from '@tanstack/react-router';
import { useZones } from '../../catalogue/use-stock.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ExportButton } from '../../ui/export-button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { StockActions } from './stock-actions.tsx';
import { StockList } from './stock-list.tsx';
import { readStockSearch } from './stock-search.ts';
import { UnknownZone } from './unknown-zone.tsx';
import { ZoneTabs } from './zone-tabs.tsx';

const NoZones = lazyPart(async () => (await import('./zone-empty.tsx')).NoZones, {
  placeholder: () => <StockSkeleton />,
});

/** /inventory: all zones together, or with `?low=1` what is to be ordered. */
export function InventoryPage() {
  const { t } = useTranslation();
  const zones = useZones();
  const search = readStockSearch(useSearch({ strict: false }));
  const low = search.low === 1;
  return (
    <Page
      title={low ? t('inventory.low_stock') : t('inventory.title')}
      actions={
        <>
          <ExportButton list="inventory" filters={{ low: low || undefined }} />
          <StockActions zone={null} />
        </>
      }
    >
      {zones !== null && zones.length === 0 && <NoZones />}
      {zones !== null && zones.length > 0 && (
        <>
          <ZoneTabs zones={zones} low={low} />
          <StockList zone={null} search={search} />
        </>
      )}
      {zones === null && <StockSkeleton />}
    </Page>
  );
}

/** /inventory/$zone */
export function ZonePage() {
  const { t } = useTranslation();
  const { zone: code } = useParams({ from: '/desk/inventory/$zone' });
  const search = useSearch({ from: '/desk/inventory/$zone' });
  const zones = useZones();
  const zone = zones?.find((candidate) => candidate.code === code);
  return (
    <Page
      title={zone ? `${zone.code} · ${zone.name}` : t('inventory.title')}
      actions={
        <>
          <ExportButton list="inventory" filters={{ zone: zone?.code }} />
          <StockActions zone={zone ?? null} />
        </>
      }
    >
      {zones !== null && <ZoneTabs zones={zones} low={false} />}
      {zones === null && <StockSkeleton />}
      {zones !== null && !zone && <UnknownZone code={code} />}
      {zone && <StockList key={zone.code} zone={zone.code} search={search} />}
    </Page>
  );
}

function StockSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className="flex flex-col gap-3">
      <Skeleton className="h-11 w-80 max-w-full" />
      <Skeleton className="h-96" />
    </div>
  );
}
