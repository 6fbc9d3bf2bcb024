import type { ImportDecision, ImportPreview, ImportSettings } from '@almenara/events';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';

interface GuessesProps {
  readonly preview: ImportPreview;
  readonly settings: ImportSettings;
  readonly onChange: (settings: ImportSettings) => void;
}

interface Choice {
  readonly label: string;
  readonly settings: ImportSettings;
}

/** What of the reading is a guess, with what else it could be; and the columns about money that nothing is made of. */
export function Guesses({ preview, settings, onChange }: GuessesProps) {
  const { t } = useTranslation();
  const texts = useGuessTexts();
  const { reading } = preview;
  if (reading === null) return null;
  const guesses = reading.decisions.filter(({ certain }) => !certain);
  const { unused } = reading;
  if (guesses.length + unused.length === 0) return null;
  return (
    <section className="rounded-xl border border-line bg-surface p-4">
      <h2 className="font-semibold">{t('import.look')}</h2>
      {guesses.length > 0 && (
        <ul aria-label={t('import.guesses')} className="mt-2 flex flex-col gap-2">
          {guesses.map((guess) => (
            <li
              key={guess.about === 'column' ? guess.field : guess.about}
              className="rounded-lg bg-signal-wash px-3 py-2 text-signal-ink"
            >
              <p className="break-words">{texts.guess(guess)}</p>
              <div className="mt-1 flex flex-wrap gap-2 empty:hidden">
                {texts.choices(guess, preview, settings).map((choice) => (
                  <Button key={choice.label} onClick={() => onChange(choice.settings)}>
                    {choice.label}
                  </Button>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
      {unused.length > 0 && (
        <>
          <h3 className="mt-3 text-sm font-semibold">{t('import.unused')}</h3>
          <ul aria-label={t('import.unused')} className="mt-1 text-sm">
            {unused.map(({ column, heading, looksLike, values }) => (
              <li key={column} className="py-0.5 break-words">
                <span className="font-medium">{heading}</span> · {t(`import.looks_like.${looksLike}`)}
                <span className="text-soft"> · {values.join(' · ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function useGuessTexts() {
  const { t } = useTranslation();
  const formats = useFormats();
  const lines = (count: number): string => formats.number(count);

  const currency = ({ read, found, why }: Extract<ImportDecision, { about: 'currency' }>): string => {
    const counted = found.map((one) => `${one.currency} (${lines(one.lines)})`).join(', ');
    if (why === 'sign') return t('import.guess.currency_sign', { read });
    if (why === 'mixed') return t('import.guess.currency_mixed', { read, found: counted });
    return t('import.guess.currency_contradicted', { read, found: counted || '–' });
  };

  const guess = (decision: ImportDecision): string => {
    switch (decision.about) {
      case 'decimal':
        return t('import.guess.decimal', { read: decision.read });
      case 'dates':
        return t('import.guess.dates', { read: t(`import.date_order.${decision.read}`) });
      case 'century':
        return t('import.guess.century', {
          lines: lines(decision.lines),
          years: decision.years.join(', '),
        });
      case 'column':
        return t('import.guess.column', {
          field: t(`import.field.${decision.field}`),
          heading: decision.read.heading,
        });
      case 'currency':
        return currency(decision);
      case 'cancellations':
        return decision.others.length > 0
          ? t('import.guess.credit_notes', { prefixes: decision.others.join(', ') })
          : t('import.guess.cancellations', {
              prefixes: decision.prefixes.join(', '),
              documents: lines(decision.documents),
            });
      case 'future':
        return t('import.guess.future', {
          lines: lines(decision.lines),
          first: formats.localDay(decision.first),
        });
    }
  };

  /** What else it could be, each as the settings that say so. */
  const choices = (decision: ImportDecision, preview: ImportPreview, settings: ImportSettings): Choice[] => {
    switch (decision.about) {
      case 'decimal':
        return decision.others.map((decimal) => ({
          label: t('import.use', { what: decimal === ',' ? '1,50' : '1.50' }),
          settings: { ...settings, decimal },
        }));
      case 'dates':
        return decision.others.map((dateOrder) => ({
          label: t('import.use', { what: t(`import.date_order.${dateOrder}`) }),
          settings: { ...settings, dateOrder },
        }));
      case 'column': {
        const columns = settings.columns ?? preview.settings.columns;
        return decision.others.map(({ column, heading }) => ({
          label: t('import.use', { what: heading }),
          settings: { ...settings, columns: { ...columns, [decision.field]: column } },
        }));
      }
      case 'currency':
        return decision.others.slice(0, 5).map((code) => ({
          label: t('import.use', { what: code }),
          settings: { ...settings, currency: code },
        }));
      case 'cancellations':
        return decision.others.length > 0
          ? decision.others.map((prefix) => ({
              label: t('import.take_back', { prefix }),
              settings: { ...settings, cancellations: `prefix:${prefix}` },
            }))
          : [{ label: t('import.cancellations_none'), settings: { ...settings, cancellations: 'none' } }];
      case 'century':
      case 'future':
        return [];
    }
  };

  return { guess, choices };
}
