import type { ImportPlan, ImportSettings } from '@almenara/events';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { textSearch } from '../../text-search.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ServicesProps {
  readonly plan: ImportPlan;
  readonly settings: ImportSettings;
  readonly onChange: (settings: ImportSettings) => void;
}

const isSame = (one: string, sku: string): boolean => textSearch(sku).is(one);

/** As many codes, and as long ones, as the contract allows. */
const MOST = 400;
const CODE_LENGTH = 64;

/** The new products that are taken for no goods, to be set right before they are made, and any other that is none. */
export function Services({ plan, settings, onChange }: ServicesProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const holds = (codes: readonly string[] | undefined, sku: string): boolean =>
    codes?.some((one) => isSame(one, sku)) ?? false;
  /** A choice shows at once, before the dry run that follows from it has come back. */
  const isService = (sku: string, stocked: boolean): boolean =>
    holds(settings.services, sku) || (!stocked && !holds(settings.goods, sku));
  const say = (sku: string, stocked: boolean): void => {
    const isOther = (one: string): boolean => !isSame(one, sku);
    const services = (settings.services ?? []).filter(isOther);
    const goods = (settings.goods ?? []).filter(isOther);
    (stocked ? goods : services).push(sku);
    onChange({ ...settings, services: services.slice(-MOST), goods: goods.slice(-MOST) });
  };
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const sku = code.trim();
    if (sku === '') return;
    say(sku, false);
    setCode('');
  };
  if (plan.products === 0) return null;
  return (
    <details open={plan.services > 0} className="rounded-xl border border-line bg-surface p-4">
      <summary className="cursor-pointer font-semibold">
        {t('import.service_title', { count: plan.services })}
      </summary>
      <p className="mt-1 text-sm text-soft">{t('import.service_hint')}</p>
      <ul aria-label={t('import.service_list')} className="mt-1 max-h-72 overflow-y-auto">
        {plan.serviceProducts.map(({ sku, name, stocked }) => (
          <li key={sku}>
            <label className="control flex items-center gap-2.5">
              <input
                type="checkbox"
                className="size-4.5 shrink-0 accent-(--action)"
                checked={isService(sku, stocked)}
                onChange={(event) => say(sku, !event.target.checked)}
              />
              <span className="min-w-0 break-words">
                <span className="font-mono">{sku}</span> {name}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="mt-2 flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('import.service_add')}
          optional="silent"
          value={code}
          onChange={(text) => setCode(text.slice(0, CODE_LENGTH))}
        />
        <Button type="submit">{t('import.service_add_button')}</Button>
      </form>
    </details>
  );
}
