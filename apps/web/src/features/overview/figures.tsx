import type { DeskFigures, Level } from '@almenara/events';
import { type ReactNode, useMemo } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { lowOverAllZones } from './attention.ts';
import { useToday } from './spans.ts';
import { useDeskFigures } from './use-desk-figures.ts';

/** Today, in numbers. */
interface FiguresProps {
  readonly open: number;
  /** Null until they have arrived. */
  readonly levels: readonly Level[] | null;
}

export function Figures({ open, levels }: FiguresProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { figures, failed } = useDeskFigures(useToday());
  const low = useMemo(() => levels && lowOverAllZones(levels), [levels]);
  return (
    <section aria-label={t('overview.today')} className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <SumFigure label={t('overview.placed_today')} sum={figures?.placed} failed={failed} />
      <SumFigure label={t('overview.shipped_today')} sum={figures?.shipped} failed={failed} />
      <Figure label={t('overview.open')} value={formats.number(open)} note="" />
      <Figure
        label={t('overview.low_overall')}
        value={low === null ? '…' : formats.number(low)}
        note={low === null ? '' : t('overview.low_overall_note', { count: low })}
      />
    </section>
  );
}

interface SumFigureProps {
  readonly label: string;
  readonly sum: DeskFigures['placed'] | undefined;
  readonly failed: boolean;
}

function SumFigure({ label, sum, failed }: SumFigureProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!sum) return <Figure label={label} value={failed ? '–' : '…'} note={failed && t('overview.unread')} />;
  return (
    <Figure
      label={label}
      value={sum.count === 0 ? '–' : sum.totals.map(formats.money).join(' + ')}
      note={
        sum.count === 0
          ? t('overview.none_today')
          : t('overview.orders_count', { count: sum.count }) + (failed ? ` · ${t('overview.unread')}` : '')
      }
    />
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly note: ReactNode;
}

function Figure({ label, value, note }: FigureProps) {
  return (
    <div className="min-h-27 rounded-xl border border-line bg-surface px-4 py-3">
      <h2 className="text-sm text-soft">{label}</h2>
      <p className="text-xl leading-tight font-semibold tracking-tight break-words md:text-[1.75rem]">
        {value}
      </p>
      <p className="min-h-5 text-sm text-soft">{note}</p>
    </div>
  );
}
