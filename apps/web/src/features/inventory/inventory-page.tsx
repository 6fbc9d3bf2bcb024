import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLevels, useZones } from '../../catalogue/use-stock.ts';
import { useTopic } from '../../realtime/index.ts';
import { ExportButton } from '../../ui/export-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { StockActions } from './stock-actions.tsx';
import { StockList } from './stock-list.tsx';
import { NoZones, UnknownZone } from './zone-empty.tsx';
import { ZoneTabs } from './zone-tabs.tsx';

/** /inventory: all zones together. */
export function InventoryPage() {
  const { t } = useTranslation();
  const zones = useZones();
  const levels = useLevels();
  return (
    <Page
      title={t('inventory.title')}
      actions={
        <>
          <ExportButton list="inventory" />
          <StockActions zone={null} />
        </>
      }
    >
      {zones !== null && zones.length === 0 && <NoZones />}
      {zones !== null && zones.length > 0 && (
        <>
          <ZoneTabs zones={zones} />
          <StockList levels={levels} zone={null} />
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
  const zones = useZones();
  const zone = useMemo(() => zones?.find((candidate) => candidate.code === code), [zones, code]);
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
      {zones !== null && <ZoneTabs zones={zones} />}
      {zones === null && <StockSkeleton />}
      {zones !== null && !zone && <UnknownZone code={code} />}
      {zone && <ZoneStock key={zone.code} zone={zone.code} />}
    </Page>
  );
}

function ZoneStock({ zone }: { zone: string }) {
  const { view } = useTopic('inventory', { zone });
  return <StockList levels={view?.levels ?? null} zone={zone} />;
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
