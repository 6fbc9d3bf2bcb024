import { Link } from '@tanstack/react-router';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Button } from '../../../ui/button.tsx';
import { PICKED_AT_ONCE } from '../pick-list/pick-list-search.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the orders that are selected. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const ids = [...(selection.ids ?? [])];
  return (
    <section
      aria-label={t('orders.selection')}
      className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 mx-auto flex flex-wrap items-center gap-3 rounded-xl border border-line bg-raised px-4 py-2 shadow-lift lg:bottom-4"
    >
      <output aria-live="polite">{t('orders.selected', { count: ids.length })}</output>
      {ids.length > 0 && ids.length <= PICKED_AT_ONCE && (
        <Link
          to="/orders/pick-list"
          search={{ ids }}
          className="control inline-flex items-center rounded-lg bg-action px-3.5 font-semibold text-on-action hover:bg-action-hover"
        >
          {t('pick_list.open')}
        </Link>
      )}
      {ids.length > PICKED_AT_ONCE && (
        <span className="text-bad">{t('pick_list.too_many', { count: PICKED_AT_ONCE })}</span>
      )}
      <Button look="ghost" onClick={selection.end}>
        {t('action.close')}
      </Button>
    </section>
  );
}
