import { available, isLow } from '@almenara/events';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { useCanWrite } from '../../people/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { RowMenu } from './row-menu.tsx';
import type { StockRow } from './stock-row.ts';

const NUMBER = 'px-3 py-2 text-right';
const WIDE = 'max-md:hidden';

export function StockTable({ rows, withZone }: { rows: readonly StockRow[]; withZone: boolean }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface">
      <table className="w-full text-left">
        <caption className="sr-only">{t('inventory.title')}</caption>
        <thead className="bg-sunken text-sm text-soft">
          <tr className="border-b border-line [&>th]:font-medium">
            <th scope="col" className="px-3 py-2">
              {t('inventory.product')}
            </th>
            {withZone && (
              <th scope="col" className={`px-3 py-2 ${WIDE}`}>
                {t('inventory.zone')}
              </th>
            )}
            <th scope="col" className={`${NUMBER} ${WIDE}`}>
              {t('inventory.on_hand')}
            </th>
            <th scope="col" className={`${NUMBER} ${WIDE}`}>
              {t('inventory.reserved')}
            </th>
            <th scope="col" className={NUMBER}>
              {t('inventory.available')}
            </th>
            <th scope="col" className={`${NUMBER} ${WIDE}`}>
              {t('inventory.reorder_point')}
            </th>
            {canWrite && (
              <th scope="col" className="w-12">
                <span className="sr-only">{t('inventory.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <Row
              key={`${row.level.zone} ${row.level.productId}`}
              level={row.level}
              product={row.product}
              withZone={withZone}
              canWrite={canWrite}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A level is a new object only when it changed. */
const Row = memo(function Row({
  level,
  product,
  withZone,
  canWrite,
}: StockRow & { withZone: boolean; canWrite: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const low = isLow(level);
  return (
    <tr className="hover:bg-sunken" data-sku={product.sku}>
      <th scope="row" className="px-3 py-2 font-normal">
        <span className="block font-medium break-words">{product.name}</span>
        <span className="block font-mono text-sm text-soft">
          {withZone && <span className="md:hidden">{level.zone} · </span>}
          {product.sku}
        </span>
        <span className="block text-sm text-soft md:hidden">
          {t('inventory.on_hand')} {formats.number(level.onHand)} · {t('inventory.reserved')}{' '}
          {formats.number(level.reserved)}
          {level.reorderPoint > 0 &&
            ` · ${t('inventory.reorder_point')} ${formats.number(level.reorderPoint)}`}
        </span>
      </th>
      {withZone && <td className={`px-3 py-2 font-mono text-sm ${WIDE}`}>{level.zone}</td>}
      <td className={`${NUMBER} ${WIDE}`}>{formats.number(level.onHand)}</td>
      <td className={`${NUMBER} ${WIDE}`}>{formats.number(level.reserved)}</td>
      <td className={`${NUMBER} font-semibold`}>
        <span className="inline-flex flex-wrap items-center justify-end gap-2">
          {low && <Badge tone="signal">{t('inventory.low')}</Badge>}
          {formats.number(available(level))}
        </span>
      </td>
      <td className={`${NUMBER} ${WIDE}`}>
        {level.reorderPoint > 0 ? formats.number(level.reorderPoint) : '–'}
      </td>
      {canWrite && (
        <td className="pr-1 text-right">
          <RowMenu level={level} product={product} />
        </td>
      )}
    </tr>
  );
});
