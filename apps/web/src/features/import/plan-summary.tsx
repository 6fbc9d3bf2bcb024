import type { ImportPlan, ImportPreview } from '@almenara/events';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';

interface PlanSummaryProps {
  readonly plan: ImportPlan;
  readonly preview: ImportPreview;
  readonly reading: boolean;
  /** The settings that were chosen last cannot be. */
  readonly isRefused: boolean;
  readonly onRun: () => void;
}

/** The dry run: what will be there that is not there now. */
export function PlanSummary({ plan, preview, reading, isRefused, onRun }: PlanSummaryProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { settings, reading: found } = preview;
  const isNothing = plan.period === null;
  const isGuessed = !isNothing && found?.decisions.some(({ certain }) => !certain) === true;
  const rows = [
    ['orders', plan.orders, formats.money(plan.sold)],
    ['returns', plan.returns, formats.money(plan.takenBack)],
    ['write_offs', plan.writeOffs, ''],
    ['clients', plan.clients, ''],
    ['products', plan.products, plan.services > 0 ? t('import.services', { count: plan.services }) : ''],
    ['openings', plan.openings, t('import.openings_why')],
    ['rounded', plan.rounded, settings.currency],
    ['repeated', plan.repeated, t('import.repeated_why')],
  ] as const;
  return (
    <section className="rounded-xl border border-line bg-surface p-4">
      <h2 className="font-semibold">{t('import.plan')}</h2>
      <p className="mt-1 text-soft">
        {plan.period === null
          ? t('import.plan_nothing')
          : t(plan.newZone ? 'import.plan_new_zone' : 'import.plan_zone', {
              zone: settings.zone,
              from: formats.dateTime(plan.period.from),
              to: formats.dateTime(plan.period.to),
            })}
      </p>
      <dl className="mt-3 divide-y divide-line">
        {rows
          .filter(([, count]) => count > 0)
          .map(([key, count, more]) => (
            <div key={key} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
              <dd className="order-first w-16 text-right text-lg font-semibold">{formats.number(count)}</dd>
              <dt className="min-w-0 flex-1">
                {t(`import.of.${key}`)}
                {more !== '' && <span className="block text-sm text-soft">{more}</span>}
              </dt>
            </div>
          ))}
      </dl>
      {isGuessed && (
        <p className="mt-2 rounded-lg bg-signal-wash px-3 py-2 text-signal-ink">{t('import.guessed')}</p>
      )}
      <details className="mt-2" open={isGuessed}>
        <summary className="control flex cursor-pointer items-center text-cool">
          {t('import.samples')}
        </summary>
        <ul className="divide-y divide-line text-sm">
          {plan.samples.map((line) => (
            <li key={line.line} className="py-1.5 break-words">
              <span className="font-medium">{line.document}</span> · {line.moment.replace('T', ' ')} ·{' '}
              {formats.number(line.quantity)} × {line.code} {line.description} · {formats.money(line.price)}
              {line.customer !== null && ` · ${line.customer}`}
              {line.country !== null && ` · ${line.country}`}
            </li>
          ))}
        </ul>
      </details>
      <Button
        look="primary"
        className="mt-4 w-full"
        pending={reading}
        disabled={(isNothing || isRefused) && !reading}
        onClick={onRun}
      >
        {reading ? t('import.reading') : t('import.run')}
      </Button>
      <p className="mt-2 text-sm text-soft">{t('import.safe')}</p>
    </section>
  );
}
