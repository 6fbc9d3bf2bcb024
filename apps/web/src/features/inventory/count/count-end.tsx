import type { Count } from '@almenara/events';
import { useState } from 'react';
import { CommandError } from '../../../forms/command-error.tsx';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import type { CountItem } from './count-list.tsx';

const FinishDialog = lazyPart(async () => (await import('./finish-dialog.tsx')).FinishDialog);
const Confirm = lazyPart(async () => (await import('../../../ui/confirm.tsx')).Confirm);

interface CountEndProps {
  readonly count: Count;
  readonly left: number;
  readonly differing: readonly CountItem[];
}

/** Ends a count, after a look at what it will change. */
export function CountEnd({ count, left, differing }: CountEndProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'finish' | 'cancel' | null>(null);
  const cancel = useCommand('cancel_count');
  const close = (): void => setOpen(null);
  return (
    <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 -mx-4 flex flex-wrap justify-end gap-2 border-t border-line bg-canvas px-4 py-3 lg:bottom-0">
      <Button onClick={() => setOpen('cancel')}>{t('count.cancel')}</Button>
      <Button look="primary" disabled={count.entries.length === 0} onClick={() => setOpen('finish')}>
        {t('count.finish')}
      </Button>
      {open === 'finish' && <FinishDialog count={count} left={left} differing={differing} onClose={close} />}
      {open === 'cancel' && (
        <Confirm
          title={t('count.cancel_title', { zone: count.zone })}
          text={t('count.cancel_text')}
          confirm={t('count.cancel')}
          keep={t('count.go_on')}
          pending={cancel.pending}
          onConfirm={() => void cancel.run({ countId: count.id }).then((result) => result && close())}
          onClose={close}
        >
          <CommandError error={cancel.error} />
        </Confirm>
      )}
    </div>
  );
}
