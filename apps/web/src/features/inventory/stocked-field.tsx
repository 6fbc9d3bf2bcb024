import { useId } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';

interface StockedFieldProps {
  readonly checked: boolean;
  readonly onChange: (stocked: boolean) => void;
}

/** Whether a product stands on shelves. */
export function StockedField({ checked, onChange }: StockedFieldProps) {
  const { t } = useTranslation();
  const hintId = useId();
  return (
    <label className="control flex items-start gap-2.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4.5 accent-(--action)"
        aria-describedby={hintId}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {t('inventory.stocked')}
        <span id={hintId} className="block text-sm text-soft">
          {t('inventory.stocked_hint')}
        </span>
      </span>
    </label>
  );
}
