import { available, isLow, type Level } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { memo, useState } from 'react';
import { useHeldLevel } from '../../catalogue/use-stock.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { LineActions } from './line-actions.tsx';
import { NeededCells } from './needed-cells.tsx';
import type { StockPlace } from './stock-row.ts';

const NUMBER = 'px-3 text-right';
const WIDE = 'max-md:hidden';

interface StockLineProps {
  readonly place: StockPlace;
  readonly index: number;
  readonly height: number;
  readonly low: boolean;
  readonly withZone: boolean;
  readonly canWrite: boolean;
}

/** Renders only when its own level changes. */
export const StockLine = memo(function StockLine(props: StockLineProps) {
  const { place, index, height, low, withZone, canWrite } = props;
  const { zone, product } = place;
  const held = useHeldLevel(zone, product.id);
  const [atFirst] = useState(held?.changes ?? 0);
  if (held === null) return null;
  const { level, changes } = held;
  // Two equal animations in turn: the same one would not start again for a second change.
  const flash = changes > atFirst && (changes % 2 === 0 ? 'animate-flash-even' : 'animate-flash-odd');
  return (
    <tr
      aria-rowindex={index + 2}
      data-sku={product.sku}
      className={clsx('border-t border-line first:border-t-0 hover:bg-sunken', flash)}
      style={{ height }}
    >
      <th scope="row" className="px-3 font-normal max-md:relative pointer-coarse:relative">
        <Link
          to="/products/$productId"
          params={{ productId: product.id }}
          search={{}}
          title={product.name}
          className="font-medium hover:underline max-md:line-clamp-2 max-md:leading-tight max-md:after:absolute max-md:after:inset-0 md:block md:truncate pointer-coarse:after:absolute pointer-coarse:after:inset-0"
        >
          {product.name}
        </Link>
        <span className="block truncate font-mono text-sm text-soft">
          {withZone && <span className="xl:hidden">{zone} · </span>}
          {product.sku}
        </span>
        <PhoneFacts level={level} low={low} />
      </th>
      {withZone && <td className="truncate px-3 font-mono text-sm max-xl:hidden">{zone}</td>}
      {low ? <NeededCells level={level} /> : <LevelCells level={level} />}
      {canWrite && (
        <td className="pr-1 text-right">
          <LineActions place={place} low={low} />
        </td>
      )}
    </tr>
  );
});

function LevelCells({ level }: { level: Level }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <td className={`${NUMBER} ${WIDE}`}>{formats.number(level.onHand)}</td>
      <td className={`${NUMBER} ${WIDE}`}>{formats.number(level.reserved)}</td>
      <td className={`${NUMBER} font-semibold`}>
        <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
          {isLow(level) && <Badge tone="signal">{t('inventory.low')}</Badge>}
          {formats.number(available(level))}
        </span>
      </td>
      <td className={`${NUMBER} ${WIDE}`}>
        {level.reorderPoint > 0 ? formats.number(level.reorderPoint) : '–'}
      </td>
    </>
  );
}

/** The figures that have columns of their own on a wide screen. */
function PhoneFacts({ level, low }: { level: Level; low: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts: string[] = low
    ? [
        t('inventory.fact_available', { shown: formats.number(available(level)) }),
        t('inventory.fact_reorder', { shown: formats.number(level.reorderPoint) }),
      ]
    : [
        t('inventory.fact_on_hand', { shown: formats.number(level.onHand) }),
        t('inventory.fact_reserved', { shown: formats.number(level.reserved) }),
      ];
  return (
    <span className="block truncate text-sm leading-tight text-soft md:hidden">{facts.join(' · ')}</span>
  );
}
