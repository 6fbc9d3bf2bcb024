import { type Company, LATE_AFTER_HOURS } from '@almenara/events';
import { type ReactNode, useMemo, useState } from 'react';
import { CommandError } from '../forms/command-error.tsx';
import { useCommandForm } from '../forms/use-command-form.ts';
import { wholeNumber } from '../forms/whole-number.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { currencyOptions, guessCurrency } from './currencies.ts';

interface CompanyFormProps {
  /** As it is now, live; null while there is none. */
  readonly company: Company | null;
  readonly submit: string;
  /** Shown beside the button. */
  readonly children?: ReactNode;
  readonly autoFocus?: boolean;
  readonly onSaved: () => void;
}

/** Whose desk this is: the same form in the first run and in the settings. */
export function CompanyForm({ company, submit, children, autoFocus = false, onSaved }: CompanyFormProps) {
  const { t, language } = useTranslation();
  const form = useCommandForm('update_company');
  const [base, setBase] = useState(company);
  const [input, setInput] = useState(() => toInput(company));
  const currencies = useMemo(() => currencyOptions(language, input.currency), [language, input.currency]);
  const set = (field: keyof typeof input) => (value: string) => setInput({ ...input, [field]: value });
  const isNewer = company !== null && company.version > (base?.version ?? 0) && !form.pending;
  const before = toInput(base);
  const isTyped = FIELDS.some((field) => input[field] !== before[field]);
  const isOutdated = isNewer && isTyped;
  // The company shown first may come from this browser's storage: unless somebody has typed, the newer one
  // replaces it.
  if (isNewer && !isTyped) {
    setBase(company);
    setInput(toInput(company));
  }

  const save = async (): Promise<void> => {
    const result = await form.submit({
      name: input.name,
      currency: input.currency,
      lateAfterHours: wholeNumber(input.lateAfterHours),
      ...(base && { expectedVersion: base.version }),
    });
    if (!result) return;
    if (result.kind === 'done') setBase(result.output.company);
    onSaved();
  };
  const takeOver = (): void => {
    setBase(company);
    setInput(toInput(company));
    form.reset();
  };

  return (
    <form
      noValidate
      className="flex max-w-lg flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isOutdated ? (
        <Alert tone="warn" title={t('company.changed_title')}>
          <p className="mb-2">{t('company.changed_text')}</p>
          <Button onClick={takeOver}>{t('company.take_over')}</Button>
        </Alert>
      ) : (
        <CommandError error={form.error} />
      )}
      <TextField
        label={t('company.name')}
        hint={t('company.name_hint')}
        autoComplete="organization"
        autoFocus={autoFocus}
        value={input.name}
        onChange={set('name')}
        error={form.errors.name}
      />
      <SelectField
        label={t('company.currency')}
        hint={t('company.currency_hint')}
        value={input.currency}
        options={currencies}
        onChange={set('currency')}
        error={form.errors.currency}
      />
      <TextField
        label={t('company.late_after')}
        hint={t('company.late_after_hint')}
        inputMode="numeric"
        value={input.lateAfterHours}
        onChange={set('lateAfterHours')}
        error={form.errors.lateAfterHours}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" pending={form.pending}>
          {submit}
        </Button>
        {children}
      </div>
    </form>
  );
}

const FIELDS = ['name', 'currency', 'lateAfterHours'] as const;

const toInput = (company: Company | null) => ({
  name: company?.name ?? '',
  currency: company?.currency ?? guessCurrency(navigator.languages),
  lateAfterHours: String(company?.lateAfterHours ?? LATE_AFTER_HOURS),
});
