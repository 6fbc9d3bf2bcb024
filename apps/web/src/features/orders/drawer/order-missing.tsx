import type { Order } from '@almenara/events';
import { PackageCheck } from 'lucide-react';
import { CommandError } from '../../../forms/command-error.tsx';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.ts';
import { missingOf } from '../held/missing.ts';

/** What an order waits for, and a way to see at once whether it is there. */
export function OrderMissing({ order }: { order: Order }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const canWrite = useCanWrite();
  const reserve = useCommand('reserve_order');
  const missing = missingOf(order);
  if (missing.length === 0) return null;
  const run = async (): Promise<void> => {
    const result = await reserve.run({ orderId: order.id });
    if (result?.kind !== 'done') return;
    const left = missingOf(result.output.order).reduce((sum, { quantity }) => sum + quantity, 0);
    const { number } = order;
    toast.success(
      left === 0 ? t('missing.reserved', { number }) : t('missing.partly', { number, count: left }),
    );
  };
  return (
    <div className="my-3 flex flex-col gap-2 rounded-lg bg-bad-wash px-3 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-56 break-words">
          <span className="font-semibold text-bad">
            {t('missing.list', {
              goods: missing.map(({ quantity, name }) => `${formats.number(quantity)} × ${name}`).join(', '),
            })}
          </span>{' '}
          <span className="text-soft">
            {t(order.status === 'packed' ? 'missing.hint_packed' : 'missing.hint')}
          </span>
        </p>
        {canWrite && (
          <Button
            icon={<PackageCheck aria-hidden className="size-4" />}
            pending={reserve.pending}
            onClick={() => void run()}
          >
            {t('missing.reserve')}
          </Button>
        )}
      </div>
      <CommandError
        error={reserve.error}
        text={reserve.error?.code === 'out_of_stock' ? t('missing.nothing') : undefined}
      />
    </div>
  );
}
