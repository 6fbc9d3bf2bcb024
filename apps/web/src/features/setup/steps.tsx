import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Entrance } from '../../ui/entrance.tsx';

const STEPS = ['administrator', 'company', 'zones', 'start'] as const;
export type Step = (typeof STEPS)[number];

interface StepPageProps {
  readonly step: Step;
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** A page of the first run, and how far it has come. */
export function StepPage({ step, title, lead, children }: StepPageProps) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(step);
  return (
    <Entrance title={title} lead={lead}>
      <ol aria-label={t('setup.steps')} className="mb-6 flex gap-1.5">
        {STEPS.map((one, i) => (
          <li
            key={one}
            aria-current={one === step ? 'step' : undefined}
            className={clsx(
              'min-w-0 flex-1 border-t-4 pt-1 text-sm',
              i <= at ? 'border-signal' : 'border-line',
            )}
          >
            <span className={clsx('flex items-center gap-1', i === at ? 'font-semibold' : 'text-soft')}>
              {i < at && <Check aria-hidden className="size-3.5 shrink-0" />}
              <span className="truncate">{t(`setup.step.${one}`)}</span>
              {i < at && <span className="sr-only">({t('setup.step_done')})</span>}
            </span>
          </li>
        ))}
      </ol>
      {children}
    </Entrance>
  );
}
