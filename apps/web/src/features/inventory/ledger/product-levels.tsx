import { available, isLow, type Product, type Zone } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { useHeldLevel, useWanted } from '../../../catalogue/use-stock.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { LineActions } from '../line-actions.tsx';
import { useStockTask } from '../stock-dialogs.tsx';
import { useTotal } from './use-total.ts';

interface ProductLevelsProps {
  readonly product: Product;
  readonly zones: readonly Zone[];
  /** The zone that the page is about, or null for all zones. */
  readonly zone: string | null;
}

const NUMBER = 'px-3 py-2 text-right';

/** What each zone holds of a product; choosing one narrows the page to it. */
export function ProductLevels({ product, zones, zone }: ProductLevelsProps) {
  const { t } = useTranslation();
  useWanted([product.id]);
  const canWrite = useCanWrite();
  return (
    <div className="overflow-clip rounded-xl border border-line bg-surface">
      <table className="w-full text-left">
        <caption className="sr-only">{t('ledger.levels')}</caption>
        <thead className="bg-sunken text-sm text-soft [&_th]:font-medium">
          <tr className="border-b border-line">
            <th scope="col" className="px-3 py-2">
              {t('inventory.zone')}
            </th>
            <th scope="col" className={`${NUMBER} max-sm:hidden`}>
              {t('inventory.on_hand')}
            </th>
            <th scope="col" className={`${NUMBER} max-sm:hidden`}>
              {t('inventory.reserved')}
            </th>
            <th scope="col" className={NUMBER}>
              {t('inventory.available')}
            </th>
            <th scope="col" className={`${NUMBER} max-sm:hidden`}>
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
          {zones.map((candidate) => (
            <ZoneRow
              key={candidate.code}
              product={product}
              zone={candidate}
              chosen={zone === candidate.code}
              canWrite={canWrite}
            />
          ))}
          <TotalRow product={product} zones={zones} chosen={zone === null} canWrite={canWrite} />
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly product: Product;
  readonly chosen: boolean;
  readonly canWrite: boolean;
}

function ZoneRow({ product, zone: { code, name }, chosen, canWrite }: RowProps & { zone: Zone }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const begin = useStockTask();
  const level = useHeldLevel(code, product.id)?.level;
  const receive = canWrite ? (
    <Button onClick={() => begin({ action: 'receive', product, zone: code })}>
      {t('inventory.receive')}
    </Button>
  ) : (
    '–'
  );
  if (!level)
    return (
      <tr className={clsx('text-soft', chosen && 'bg-sunken')}>
        <ZoneHead code={code} name={name} chosen={chosen} />
        <td colSpan={4} className={`${NUMBER} max-sm:hidden`}>
          {receive}
        </td>
        <td className={`${NUMBER} sm:hidden`}>{receive}</td>
        {canWrite && <td />}
      </tr>
    );
  return (
    <tr className={clsx(chosen && 'bg-sunken')}>
      <ZoneHead code={code} name={name} chosen={chosen} />
      <td className={`${NUMBER} max-sm:hidden`}>{formats.number(level.onHand)}</td>
      <td className={`${NUMBER} max-sm:hidden`}>{formats.number(level.reserved)}</td>
      <td className={`${NUMBER} font-semibold`}>
        {isLow(level) && (
          <Badge tone="signal" className="mr-2">
            {t('inventory.low')}
          </Badge>
        )}
        {formats.number(available(level))}
      </td>
      <td className={`${NUMBER} max-sm:hidden`}>
        {level.reorderPoint > 0 ? formats.number(level.reorderPoint) : '–'}
      </td>
      {canWrite && (
        <td className="pr-1">
          <LineActions place={{ key: code, product, zone: code }} low={false} />
        </td>
      )}
    </tr>
  );
}

function ZoneHead({ code, name, chosen }: { code: string; name: string; chosen: boolean }) {
  return (
    <th scope="row" className="max-w-40 px-3 py-1 font-normal">
      <Link
        to="."
        replace
        resetScroll={false}
        search={(search) => ({ ...search, zone: chosen ? undefined : code })}
        aria-current={chosen ? 'true' : undefined}
        className="control flex items-center gap-2 rounded-md hover:underline aria-current:font-semibold"
      >
        <span className="font-mono font-semibold">{code}</span>
        <span className="truncate text-soft">{name}</span>
      </Link>
    </th>
  );
}

function TotalRow({ product, zones, chosen, canWrite }: RowProps & { zones: readonly Zone[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { onHand, reserved } = useTotal(product.id, zones, null);
  return (
    <tr className={clsx('font-semibold', chosen && 'bg-sunken')}>
      <th scope="row" className="px-3 py-1">
        <Link
          to="."
          replace
          resetScroll={false}
          search={(search) => ({ ...search, zone: undefined })}
          className="control flex items-center hover:underline"
        >
          {t('inventory.all')}
        </Link>
      </th>
      <td className={`${NUMBER} max-sm:hidden`}>{formats.number(onHand)}</td>
      <td className={`${NUMBER} max-sm:hidden`}>{formats.number(reserved)}</td>
      <td className={NUMBER}>{formats.number(available({ onHand, reserved }))}</td>
      <td className="max-sm:hidden" />
      {canWrite && <td />}
    </tr>
  );
}
