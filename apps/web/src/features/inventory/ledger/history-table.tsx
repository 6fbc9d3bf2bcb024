import { useState } from 'react';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import type { HistoryPoint } from './points.ts';

/** The chart in words: for who does not see it, or wants the figures. */
export function HistoryTable({ points }: { points: readonly HistoryPoint[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="control inline-flex cursor-pointer items-center rounded-md text-sm font-medium text-soft hover:text-ink">
        {t('ledger.as_table')}
      </summary>
      {open && (
        <section
          aria-label={t('ledger.history')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
          tabIndex={0}
          className="relative max-h-72 overflow-y-auto rounded-lg border border-line"
        >
          <table className="w-full text-left text-sm">
            <thead className="sticky top-0 bg-sunken text-soft [&_th]:font-medium">
              <tr>
                <th scope="col" className="px-3 py-1.5">
                  {t('ledger.at')}
                </th>
                <th scope="col" className="px-3 py-1.5 text-right">
                  {t('inventory.on_hand')}
                </th>
                <th scope="col" className="px-3 py-1.5 text-right">
                  {t('inventory.reserved')}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {points.toReversed().map((point, i) => (
                <tr key={`${point.at} ${points.length - i}`}>
                  <td className="px-3 py-1">{formats.dateTime(point.at)}</td>
                  <td className="px-3 py-1 text-right">{formats.number(point.onHand)}</td>
                  <td className="px-3 py-1 text-right">{formats.number(point.reserved)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
