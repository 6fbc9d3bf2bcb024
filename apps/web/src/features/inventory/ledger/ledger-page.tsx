import type { Product } from '@almenara/events';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Pencil } from 'lucide-react';
import { useZones } from '../../../catalogue/use-stock.ts';
import { useProblemText } from '../../../http/problem-text.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { StockDialogs, useStockTask } from '../stock-dialogs.tsx';
import type { LedgerSearch } from './ledger-search.ts';
import { Movements } from './movements.tsx';
import { ProductLevels } from './product-levels.tsx';
import { StockHistory } from './stock-history.tsx';
import { useProduct } from './use-product.ts';

/** /products/$productId: all that is known of a product's stock, and how it came about. */
export function LedgerPage() {
  const { productId } = useParams({ from: '/desk/products/$productId' });
  const search = useSearch({ from: '/desk/products/$productId' });
  return <Ledger key={productId} productId={productId} search={search} />;
}

export function Ledger({ productId, search }: { productId: string; search: LedgerSearch }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const found = useProduct(productId);
  const zones = useZones();
  if (found.kind === 'failed')
    return (
      <Page title={t('inventory.title')}>
        <Alert tone="bad">{problemText(found.problem, { 404: t('ledger.missing') })}</Alert>
      </Page>
    );
  if (found.kind === 'loading' || zones === null)
    return (
      <Page title={t('inventory.title')}>
        <Skeleton className="h-24" />
        <Skeleton className="h-72" />
      </Page>
    );
  const { product } = found;
  const zone = zones.some(({ code }) => code === search.zone) ? (search.zone ?? null) : null;
  return (
    <StockDialogs>
      <Page title={product.name} actions={<ProductActions product={product} />}>
        <Facts product={product} />
        {product.stocked ? (
          <>
            <ProductLevels product={product} zones={zones} zone={zone} />
            <StockHistory product={product} zones={zones} zone={zone} span={search.span ?? 'all'} />
            <Movements key={zone} productId={product.id} zone={zone} />
          </>
        ) : (
          <p className="text-soft">{t('ledger.not_stocked')}</p>
        )}
      </Page>
    </StockDialogs>
  );
}

function ProductActions({ product }: { product: Product }) {
  const { t } = useTranslation();
  const begin = useStockTask();
  const canWrite = useCanWrite();
  return (
    <>
      <Link
        to="/inventory"
        search={{}}
        className="control inline-flex items-center gap-2 rounded-lg px-3 font-medium text-soft hover:bg-sunken hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t('inventory.title')}
      </Link>
      {canWrite && (
        <Button
          icon={<Pencil aria-hidden className="size-4" />}
          onClick={() => begin({ action: 'edit_product', product, zone: '' })}
        >
          {t('inventory.edit_product')}
        </Button>
      )}
    </>
  );
}

function Facts({ product }: { product: Product }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    { label: t('inventory.sku'), value: product.sku, mono: true },
    { label: t('inventory.barcode'), value: product.barcode ?? '–', mono: true },
    { label: t('inventory.price'), value: formats.money(product.unitPrice), mono: false },
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {facts.map(({ label, value, mono }) => (
        <div key={label} className="min-w-0">
          <dt className="text-sm text-soft">{label}</dt>
          <dd className={mono ? 'font-mono break-all' : 'font-medium'}>{value}</dd>
        </div>
      ))}
      {!product.stocked && <Badge>{t('new_order.not_stocked')}</Badge>}
    </dl>
  );
}
