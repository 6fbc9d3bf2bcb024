import { commands } from '@almenara/events';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandError } from '../../forms/command-error.tsx';
import { serverFieldErrors, useFieldErrors } from '../../forms/field-errors.ts';
import { useCommand } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogForm } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { ClientPicker } from './client-picker.tsx';
import { type LineDraft, missingByLine, toLines } from './line-draft.ts';
import { LinesEditor } from './lines-editor.tsx';

export function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const place = useCommand('place_order');
  const { errors, check } = useFieldErrors(commands.place_order.input);
  const [client, setClient] = useState<{ id: string; name: string } | null>(null);
  const [lines, setLines] = useState<readonly LineDraft[]>([]);
  const [notes, setNotes] = useState('');

  const submit = async (): Promise<void> => {
    const input = check({
      clientId: client?.id ?? '',
      lines: toLines(lines),
      ...(notes.trim() !== '' && { notes: notes.trim() }),
    });
    if (!input) return;
    const result = await place.run(input);
    if (!result) return;
    if (result.kind === 'done') toast.success(t('new_order.placed', { number: result.output.order.number }));
    onClose();
  };

  const changeLines = (next: readonly LineDraft[]): void => {
    setLines(next);
    place.reset();
  };

  return (
    <Dialog title={t('new_order.title')} onClose={onClose} wide>
      <DialogForm
        onSubmit={() => void submit()}
        footer={
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" look="primary" pending={place.pending}>
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
          onPick={setClient}
          error={errors.clientId === undefined ? undefined : t('field.choose')}
          autoFocus
        />
        <LinesEditor
          lines={lines}
          onChange={changeLines}
          errors={{
            ...errors,
            ...serverFieldErrors(place.error),
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
