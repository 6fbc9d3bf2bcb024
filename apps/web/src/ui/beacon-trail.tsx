import { ORDER_STATUSES, type OrderStatus } from '@almenara/events';
import { clsx } from 'clsx';
import { useTranslation } from '../i18n/use-translation.ts';

const PATH: readonly OrderStatus[] = ORDER_STATUSES.filter((status) => status !== 'cancelled');

/** How far an order has come: a chain of beacons, lit up to where it is. */
export function BeaconTrail({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const reached = PATH.indexOf(status);
  return (
    <ol
      className="isolate flex [&_[aria-hidden]]:forced-color-adjust-none"
      aria-label={t('status.at', { status: t(`status.${status}`) })}
    >
      {PATH.map((step, i) => (
        <li
          key={step}
          aria-current={step === status ? 'step' : undefined}
          className="relative flex flex-1 flex-col items-center gap-1.5 text-center text-[0.8rem]"
        >
          {i > 0 && (
            <span
              aria-hidden
              className={clsx(
                'absolute top-[6px] right-1/2 -z-10 h-0.5 w-full',
                i <= reached ? 'bg-signal' : 'bg-line',
              )}
            />
          )}
          <span
            aria-hidden
            className={clsx(
              'relative size-3.5 rounded-full border-2',
              i <= reached ? 'border-signal bg-signal' : 'border-edge bg-raised',
              i === reached && 'shadow-[0_0_0_4px_var(--signal-wash)]',
            )}
          />
          <span className={i === reached ? 'font-semibold' : 'text-soft'}>{t(`status.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
