import { available, isLow, type Level } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useProductsById } from '../../catalogue/use-products.ts';
import { useLevels } from '../../catalogue/use-stock.ts';
import { useFormats } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';

const SHOWN = 12;
const share = (level: Level): number => available(level) / level.reorderPoint;

/** What to order next, the emptiest first. */
export function LowStock() {
  const { t } = useTranslation();
  const levels = useLevels();
  const low = useMemo(() => (levels ?? []).filter(isLow).sort((a, b) => share(a) - share(b)), [levels]);
  return (
    <section aria-labelledby="low-stock" className="rounded-xl border border-line bg-surface p-4">
      <h2 id="low-stock" className="mb-1 flex items-center gap-2 font-semibold">
        {t('overview.low')}
        {low.length > 0 && <Badge tone="signal">{low.length}</Badge>}
      </h2>
      {levels === null && <Skeleton className="mt-3 h-24" />}
      {levels !== null && low.length === 0 && <p className="text-soft">{t('overview.low_empty')}</p>}
      <ul className="divide-y divide-line">
        {low.slice(0, SHOWN).map((level) => (
          <LowRow key={`${level.zone} ${level.productId}`} level={level} />
        ))}
      </ul>
    </section>
  );
}

function LowRow({ level }: { level: Level }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const product = useProductsById().get(level.productId);
  return (
    <li className="flex items-baseline justify-between gap-3 py-2">
      <span className="min-w-0">
        <span className="block font-medium break-words">{product?.name ?? '…'}</span>
        <span className="block text-sm text-soft">
          {t('overview.left_of', {
            available: formats.number(available(level)),
            point: formats.number(level.reorderPoint),
          })}
        </span>
      </span>
      <Link
        to="/inventory/$zone"
        params={{ zone: level.zone }}
        className="control inline-flex shrink-0 items-center rounded-md px-1.5 font-mono text-sm text-cool underline"
      >
        {level.zone}
      </Link>
    </li>
  );
}
