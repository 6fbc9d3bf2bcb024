import { isClosed, type TopicView } from '@almenara/events';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { isShort } from '../orders/index.ts';
import { placedSince, type Sum } from './today.ts';
import { useShippedToday } from './use-shipped-today.ts';
import { useStartOfDay } from './use-start-of-day.ts';

export function Figures({ view }: { view: TopicView<'orders'> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const start = useStartOfDay();
  const open = view.orders.filter((order) => !isClosed(order.status));
  const short = open.filter(isShort).length;
  return (
    <section aria-label={t('overview.today')} className="grid grid-cols-2 gap-3 md:grid-cols-3">
      <SumFigure label={t('overview.placed_today')} sum={placedSince(view, start)} />
      <SumFigure label={t('overview.shipped_today')} sum={useShippedToday(start)} />
      <Figure
        label={t('overview.open')}
        value={formats.number(open.length)}
        className="max-md:col-span-2"
        note={
          short > 0 && (
            <span className="font-semibold text-bad">{t('overview.short_count', { count: short })}</span>
          )
        }
      />
    </section>
  );
}

function SumFigure({ label, sum }: { label: string; sum: Sum | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (sum === null) return <Figure label={label} value="…" note={null} />;
  const prefix = sum.complete ? '' : '≥ ';
  const value = sum.totals.map(formats.money).join(' + ');
  return (
    <Figure
      label={label}
      value={sum.count === 0 ? '–' : `${prefix}${value}`}
      note={
        sum.count === 0
          ? t('overview.none_today')
          : `${prefix}${t('overview.orders_count', { count: sum.count })}`
      }
    />
  );
}

function Figure({
  label,
  value,
  note,
  className = '',
}: {
  label: string;
  value: string;
  note: ReactNode;
  className?: string;
}) {
  return (
    <div className={`min-h-27 rounded-xl border border-line bg-surface px-4 py-3 ${className}`}>
      <h2 className="text-sm text-soft">{label}</h2>
      <p className="text-xl leading-tight font-semibold tracking-tight break-words md:text-[1.75rem]">
        {value}
      </p>
      <p className="text-sm text-soft">{note}</p>
    </div>
  );
}
