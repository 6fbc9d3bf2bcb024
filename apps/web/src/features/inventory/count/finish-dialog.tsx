import type { Count } from '@almenara/events';
import { CommandError } from '../../../forms/command-error.tsx';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogForm } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.ts';
import type { CountItem } from './count-list.tsx';

interface FinishDialogProps {
  readonly count: Count;
  readonly left: number;
  readonly differing: readonly CountItem[];
  readonly onClose: () => void;
}

/** What the end of a count will change, before it does. */
export function FinishDialog({ count, left, differing, onClose }: FinishDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const finish = useCommand('finish_count');
  const submit = async (): Promise<void> => {
    const result = await finish.run({ countId: count.id });
    if (!result) return;
    if (result.kind === 'done') {
      toast.success(t('inventory.done.count_zone', { zone: count.zone }), {
        description: t('count.last_sum', {
          counted: formats.number(result.output.count.counted),
          changed: formats.number(result.output.count.changed),
        }),
      });
    }
    onClose();
  };
  return (
    <Dialog
      title={t('count.finish_title', { zone: count.zone })}
      description={t('count.finish_text')}
      onClose={onClose}
    >
      <DialogForm
        onSubmit={() => void submit()}
        footer={
          <>
            <Button onClick={onClose}>{t('count.go_on')}</Button>
            <Button type="submit" look="primary" pending={finish.pending}>
              {t('count.finish_confirm')}
            </Button>
          </>
        }
      >
        <CommandError error={finish.error} />
        <dl className="grid grid-cols-2 gap-y-1">
          <dt className="text-soft">{t('count.counted')}</dt>
          <dd className="text-right font-semibold">{formats.number(count.entries.length)}</dd>
          <dt className="text-soft">{t('count.differing')}</dt>
          <dd className="text-right font-semibold">{formats.number(differing.length)}</dd>
          <dt className="text-soft">{t('count.left_stay')}</dt>
          <dd className="text-right font-semibold">{formats.number(left)}</dd>
        </dl>
        {differing.length > 0 && (
          <ul className="relative max-h-72 divide-y divide-line overflow-y-auto rounded-xl border border-line">
            {differing.slice(0, 200).map(({ product, entry }) => (
              <li key={product.id} className="flex justify-between gap-3 px-3 py-2">
                <span className="min-w-0 break-words">{product.name}</span>
                {entry && (
                  <span className="shrink-0 text-right">
                    {formats.number(entry.expected)} → {formats.number(entry.counted)}{' '}
                    <strong>{formats.signed(entry.counted - entry.expected)}</strong>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </DialogForm>
    </Dialog>
  );
}
