import type { Zone } from '@almenara/events';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useZones } from '../../catalogue/use-stock.ts';
import { CommandError } from '../../forms/command-error.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { StepPage } from './steps.tsx';
import { suggestCode } from './suggest-code.ts';
import { Later } from './wizard.tsx';

/** /setup/zones */
export function ZonesStep() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const zones = useZones();
  return (
    <StepPage step="zones" title={t('setup.zones_title')} lead={t('setup.zones_lead')}>
      {zones === null ? (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton className="h-56" />
        </div>
      ) : (
        <>
          <section aria-label={t('setup.zone_list')} aria-live="polite" className="mb-4">
            {zones.length === 0 && <p className="text-soft">{t('setup.zone_none')}</p>}
            <ul className="flex flex-wrap gap-2">
              {zones.map(({ code, name }) => (
                <li
                  key={code}
                  className="flex max-w-full items-baseline gap-2 rounded-lg border border-line bg-surface px-3 py-1.5"
                >
                  <span className="font-mono font-semibold">{code}</span>
                  <span className="min-w-0 truncate">{name}</span>
                </li>
              ))}
            </ul>
          </section>
          <ZoneForm zones={zones} />
          <div className="mt-6 flex flex-wrap items-center gap-2">
            <Button
              look={zones.length > 0 ? 'primary' : 'secondary'}
              disabled={zones.length === 0}
              onClick={() => void navigate({ to: '/setup/start' })}
            >
              {t('setup.next')}
            </Button>
            <Link
              to="/setup/company"
              className="control inline-flex items-center px-3 text-soft hover:text-ink"
            >
              {t('setup.back')}
            </Link>
          </div>
        </>
      )}
      <Later />
    </StepPage>
  );
}

/** The next code is suggested; Enter adds the zone and begins the next one. */
function ZoneForm({ zones }: { zones: readonly Zone[] }) {
  const { t } = useTranslation();
  const form = useCommandForm('create_zone');
  const suggested = suggestCode(zones.map(({ code }) => code));
  const [typed, setTyped] = useState<string | null>(null);
  const [name, setName] = useState('');
  const fields = useRef<HTMLFormElement>(null);
  const code = typed ?? suggested;
  const submit = async (): Promise<void> => {
    const result = await form.submit({ code: code.trim(), name });
    if (!result) return;
    setTyped(null);
    setName('');
    fields.current?.querySelector<HTMLInputElement>('[data-name] input')?.focus();
  };
  return (
    <form
      ref={fields}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <CommandError
        error={form.error}
        text={form.error?.code === 'conflict' ? t('inventory.duplicate_zone') : undefined}
      />
      <div className="flex gap-3">
        <TextField
          className="w-28 shrink-0"
          label={t('setup.zone_code')}
          value={code}
          onChange={setTyped}
          error={form.errors.code === undefined ? undefined : t('field.zone')}
        />
        <div data-name className="min-w-0 flex-1">
          <TextField
            label={t('setup.zone_name')}
            autoFocus
            value={name}
            onChange={setName}
            error={form.errors.name}
          />
        </div>
      </div>
      <Button type="submit" className="self-start" pending={form.pending}>
        {t('setup.zone_add')}
      </Button>
    </form>
  );
}
