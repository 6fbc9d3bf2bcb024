import { randomUuid } from '@almenara/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { CommandError } from '../../../forms/command-error.tsx';
import { useFieldErrors } from '../../../forms/field-errors.ts';
import { serverFieldErrors } from '../../../http/server-fields.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogForm } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';
import { ClientPicker } from './client-picker.tsx';
import { type LineDraft, missingByLine, toLines } from './line-draft.ts';
import { LinesEditor } from './lines-editor.tsx';

export function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const place = useCommand('place_order');
  const { errors, checking, check, forget } = useFieldErrors(({ commands }) => commands.place_order.input);
  const pending = checking || place.pending;
  // The id is made here, so that an order placed without network can be edited and moved before the server has
  // it.
  const [orderId] = useState(randomUuid);
  const [client, setClient] = useState<{ id: string; name: string } | null>(null);
  const [lines, setLines] = useState<readonly LineDraft[]>([]);
  const [notes, setNotes] = useState('');

  const submit = async (): Promise<void> => {
    const input = {
      orderId,
      clientId: client?.id ?? '',
      lines: toLines(lines),
      ...(notes.trim() !== '' && { notes: notes.trim() }),
    };
    if (!(await check(input))) return;
    const result = await place.run(input);
    if (!result) return;
    if (result.kind === 'done') toast.success(t('new_order.placed', { number: result.output.order.number }));
    onClose();
  };

  const submitNow = useEffectEvent(() => {
    if (!pending) void submit();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      submitNow();
    };
    // In the capture phase, before a field or button handles the same Enter.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);

  const changeLines = (change: (lines: readonly LineDraft[]) => readonly LineDraft[]): void => {
    setLines(change);
    forget('lines');
    place.reset();
  };

  return (
    <Dialog title={t('new_order.title')} onClose={onClose} wide>
      <DialogForm
        onSubmit={() => void submit()}
        footer={
          <>
            <p className="mr-auto hidden self-center text-sm text-soft lg:block">{t('new_order.keys')}</p>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" look="primary" pending={pending}>
              {t('new_order.submit')}
            </Button>
          </>
        }
      >
        <CommandError
          error={place.error}
          text={place.error?.code === 'out_of_stock' ? t('new_order.too_few') : undefined}
        />
        <ClientPicker
          name={client?.name ?? ''}
          onPick={(picked) => {
            setClient(picked);
            forget('clientId');
          }}
          error={errors.clientId === undefined ? undefined : t('field.choose')}
          autoFocus
          mayAdd
        />
        <LinesEditor
          lines={lines}
          onChange={changeLines}
          errors={{
            ...errors,
            ...serverFieldErrors(place.error?.details),
            lines: errors.lines === undefined ? undefined : t('new_order.lines_empty'),
          }}
          missing={missingByLine(place.error)}
        />
        <TextField
          label={t('new_order.notes')}
          value={notes}
          onChange={setNotes}
          error={errors.notes}
          optional
          multiline
        />
      </DialogForm>
    </Dialog>
  );
}
