import { isHeld, type Order, type OrderLine } from '@almenara/events';
import { useState } from 'react';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { OrderMissing } from './order-missing.tsx';

const ShortageDialog = lazyPart(async () => (await import('./shortage-dialog.tsx')).ShortageDialog);

/** How many lines are drawn at first: more would make the drawer slow to open, and few people read them all. */
const AT_ONCE = 100;

export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const mayReport = useCanWrite() && isHeld(order.status);
  const [reporting, setReporting] = useState<string | null>(null);
  const [shown, setShown] = useState(AT_ONCE);
  const hidden = order.lines.length - shown;
  const reported = order.lines.find(({ id }) => id === reporting);
  return (
    <section>
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t('orders.lines', { count: order.lines.length })}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-soft">
            <th scope="col" className="py-1 pr-2 font-medium">
              {t('order.product')}
            </th>
            <th scope="col" className="w-20 px-2 py-1 text-right font-medium">
              {t('order.quantity')}
            </th>
            <th scope="col" className="w-26 py-1 pl-2 text-right font-medium sm:w-40">
              {t('order.amount')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-b border-line">
          {order.lines.slice(0, shown).map((line) => (
            <Line
              key={line.id}
              line={line}
              held={isHeld(order.status)}
              onShortage={mayReport && line.allocations.length > 0 ? () => setReporting(line.id) : null}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="py-2 pr-2 text-right font-medium text-soft">
              {t('order.total')}
            </th>
            <td colSpan={2} className="py-2 pl-2 text-right text-lg font-semibold break-words">
              {formats.money(order.total)}
            </td>
          </tr>
        </tfoot>
      </table>
      {hidden > 0 && (
        <Button look="ghost" className="w-full" onClick={() => setShown(shown + AT_ONCE)}>
          {t('orders.more', { count: Math.min(hidden, AT_ONCE) })}
        </Button>
      )}
      <OrderMissing order={order} />
      {reported && <ShortageDialog order={order} line={reported} onClose={() => setReporting(null)} />}
    </section>
  );
}

interface LineProps {
  readonly line: OrderLine;
  /** Its order has not been shipped, so missing goods may still arrive. */
  readonly held: boolean;
  readonly onShortage: (() => void) | null;
}

function Line({ line, held, onShortage }: LineProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = { ...line.unitPrice, amount: line.unitPrice.amount * line.quantity };
  return (
    <tr className="align-top">
      <th scope="row" className="py-2 pr-2 font-normal">
        <span className="block font-medium break-words">{line.name}</span>
        <span className="block text-sm break-words text-soft">
          <span className="font-mono">{line.sku}</span> · {formats.money(line.unitPrice)}
        </span>
        <span className="mt-1 flex flex-wrap gap-1.5">
          {line.allocations.map(({ zone, quantity }) => (
            <Badge key={zone} className="max-w-full break-words whitespace-normal!">
              {zone} × {formats.number(quantity)}
            </Badge>
          ))}
          {held && line.short > 0 && <Badge tone="bad">{t('order.short', { count: line.short })}</Badge>}
          {onShortage && (
            <button
              type="button"
              onClick={onShortage}
              aria-label={t('shortage.report_of', { product: line.name })}
              className="min-h-6 rounded-md px-1 text-sm text-soft underline decoration-dotted underline-offset-2 hover:text-ink pointer-coarse:min-h-[44px]"
            >
              {t('shortage.report')}
            </button>
          )}
        </span>
      </th>
      <td className="px-2 py-2 text-right break-words">{formats.number(line.quantity)}</td>
      <td className="py-2 pl-2 text-right break-words">{formats.money(amount)}</td>
    </tr>
  );
}
