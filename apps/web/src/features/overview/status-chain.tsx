import { isClosed, ORDER_STATUSES, type OrderCounts } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

const OPEN = ORDER_STATUSES.filter((status) => !isClosed(status));

/** Where the open orders are, from beacon to beacon. */
export function StatusChain({ counts }: { counts: OrderCounts }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section aria-labelledby="by-status" className="rounded-xl border border-line bg-surface p-4">
      <h2 id="by-status" className="mb-3 font-semibold">
        <Link
          to="/orders"
          className="hover:underline pointer-coarse:-my-3.5 pointer-coarse:inline-block pointer-coarse:py-3.5"
        >
          {t('overview.by_status')}
        </Link>
      </h2>
      <ol className="isolate flex">
        {OPEN.map((status, i) => {
          const count = counts[status];
          return (
            <li
              key={status}
              data-status={status}
              className="relative flex flex-1 flex-col items-center text-center"
            >
              {i > 0 && <span aria-hidden className="absolute top-5 right-1/2 -z-10 h-0.5 w-full bg-line" />}
              <span
                className={`relative grid h-10 min-w-10 place-items-center rounded-full px-2.5 text-lg font-semibold ${
                  count > 0 ? 'bg-signal text-on-signal' : 'border border-line bg-sunken text-soft'
                }`}
              >
                {formats.number(count)}
              </span>
              <span className="mt-1.5 text-sm">{t(`status.${status}`)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
