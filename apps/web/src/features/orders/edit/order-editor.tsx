import { hasEditableLines, type Order } from '@almenara/events';
import { CircleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { CommandError } from '../../../forms/command-error.tsx';
import { useFieldErrors } from '../../../forms/field-errors.ts';
import { serverFieldErrors } from '../../../http/server-fields.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { DialogForm } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';
import { isShort } from '../held/missing.ts';
import { orderInAnswer } from '../move/conflict-answer.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { ClientPicker } from './client-picker.tsx';
import { missingByLine } from './line-draft.ts';
import { LinesEditor } from './lines-editor.tsx';
import { toDraft, toEdit, toSame } from './order-draft.ts';
import { type Choices, merged, mergeOf } from './order-merge.ts';

interface OrderEditorProps {
  readonly order: Order;
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** Told whether there is something typed that is not saved. */
  readonly onDirty: (dirty: boolean) => void;
}

/** Edits client, lines and notes as of one version. A newer one is merged by hand, never overwritten. */
export function OrderEditor({ order, onDone, onCancel, onDirty }: OrderEditorProps) {
  const { t } = useTranslation();
  const edit = useCommand('edit_order');
  const { errors, checking, check, forget } = useFieldErrors(({ commands }) => commands.edit_order.input);
  const pending = checking || edit.pending;
  const [base, setBase] = useState(order);
  const [draft, setDraft] = useState(() => toDraft(order));

  const [choices, setChoices] = useState<Choices>({});
  // While the edit is being sent it does not count as unsaved: leaving does not lose it.
  const dirty = !pending && toEdit(base, draft) !== null;
  const tellDirty = useEffectEvent(onDirty);
  useEffect(() => {
    tellDirty(dirty);
    return () => tellDirty(false);
  }, [dirty]);

  const answered = orderInAnswer(edit.error);
  const newer = answered && answered.version > order.version ? answered : order;
  const notice = useRef<HTMLDivElement>(null);
  const isOutdated = newer.version > base.version && !pending;

  const takeOver = (): void => {
    setDraft(merged(base, draft, newer, choices));
    setBase(newer);
    setChoices({});
    edit.reset();
  };
  const submit = async (): Promise<void> => {
    const input = toEdit(base, draft) ?? (isShort(base) ? toSame(base, draft) : null);
    if (!input) {
      onDone();
      return;
    }
    if (!(await check(input))) return;
    const result = await edit.run(input);
    if (!result) return;
    if (result.kind === 'done') toast.success(t('order.saved', { number: order.number }));
    onDone();
  };

  return (
    <DialogForm
      onSubmit={() => void submit()}
      footer={
        <>
          {isOutdated && (
            <Button
              look="ghost"
              icon={<CircleAlert aria-hidden className="size-4.5 text-signal-ink" />}
              className="text-signal-ink max-sm:w-full sm:mr-auto"
              onClick={() => {
                notice.current?.focus({ preventScroll: true });
                notice.current?.scrollIntoView({ block: 'start' });
              }}
            >
              {t('order.changed_look')}
            </Button>
          )}
          <Button onClick={onCancel}>{t('action.cancel')}</Button>
          <Button type="submit" look="primary" pending={pending}>
            {t('order.save')}
          </Button>
        </>
      }
    >
      <h3 className="sr-only">{t('order.edit')}</h3>
      {isOutdated && (
        <ChangedMeanwhile
          notice={notice}
          base={base}
          newer={newer}
          merge={mergeOf(base, draft, newer)}
          refused={edit.error?.code === 'conflict'}
          choices={choices}
          onChoose={(key, side) => setChoices({ ...choices, [key]: side })}
          onTakeOver={takeOver}
        />
      )}
      {!isOutdated && (
        <CommandError
          error={edit.error}
          text={edit.error?.code === 'out_of_stock' ? t('new_order.too_few') : undefined}
        />
      )}
      <ClientPicker
        name={draft.client?.name ?? ''}
        onPick={(client) => {
          setDraft((now) => ({ ...now, client }));
          forget('clientId');
        }}
        error={errors.clientId === undefined ? undefined : t('field.choose')}
        mayAdd
      />
      {hasEditableLines(base.status) ? (
        <LinesEditor
          lines={draft.lines}
          onChange={(change) => {
            setDraft((now) => ({ ...now, lines: change(now.lines) }));
            forget('lines');
          }}
          errors={{
            ...errors,
            ...serverFieldErrors(edit.error?.details),
            lines: errors.lines === undefined ? undefined : t('new_order.lines_empty'),
          }}
          missing={missingByLine(edit.error)}
          held={heldBy(base)}
        />
      ) : (
        <p className="text-soft">{t('order.lines_settled')}</p>
      )}
      <TextField
        label={t('order.notes')}
        value={draft.notes}
        onChange={(notes) => setDraft((now) => ({ ...now, notes }))}
        error={errors.notes}
        optional
        multiline
      />
    </DialogForm>
  );
}

function heldBy(order: Order): Map<string, number> {
  const held = new Map<string, number>();
  for (const { productId, allocations } of order.lines) {
    for (const { quantity } of allocations) held.set(productId, (held.get(productId) ?? 0) + quantity);
  }
  return held;
}
