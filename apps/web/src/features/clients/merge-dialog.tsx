import type { Client, CommandInput } from '@almenara/events';
import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopicPart } from '../../realtime/index.ts';
import { textSearch } from '../../text-search.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { toast } from '../../ui/toast.ts';
import { FIELDS } from './client-draft.ts';
import { useOpenOrdersOf } from './use-open-orders-of.ts';

interface MergeDialogProps {
  readonly kept: Client;
  /** Where it is left out, the dialog asks which client it is. */
  readonly duplicate?: Client;
  readonly onClose: () => void;
}

type Field = (typeof FIELDS)[number];
const SHOWN = 8;

/** Makes two clients one: which is kept, and what of each. */
export function MergeDialog(props: MergeDialogProps) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(props.kept);
  const [duplicate, setDuplicate] = useState(props.duplicate ?? null);
  /** Fields whose value is the duplicate's. */
  const [taken, setTaken] = useState<ReadonlySet<Field>>(new Set());
  const merge = useCommandForm('merge_clients');
  const moving = useOpenOrdersOf(duplicate?.id);

  const submit = async (): Promise<void> => {
    if (!duplicate) return;
    const result = await merge.submit(toMerge(kept, duplicate, taken));
    if (!result) return;
    if (result.kind === 'done') toast.success(t('clients.was_merged', { name: result.output.client.name }));
    props.onClose();
  };
  const swap = (): void => {
    if (!duplicate) return;
    setKept(duplicate);
    setDuplicate(kept);
    setTaken(new Set());
  };
  return (
    <CommandDialog
      title={t('clients.merge_title')}
      description={t('clients.merge_text')}
      submit={t('clients.merge_confirm')}
      form={merge}
      onSubmit={() => void submit()}
      onClose={props.onClose}
      wide
    >
      {props.duplicate === undefined && (
        // Room for the field's suggestions, which the dialog's edge would cut off.
        <div className={duplicate ? '' : 'min-h-72'}>
          <DuplicateField kept={kept} onPick={setDuplicate} />
        </div>
      )}
      {duplicate && (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <p className="min-w-0 flex-1">{t('clients.merge_kept', { name: kept.name })}</p>
            <Button icon={<ArrowLeftRight aria-hidden className="size-4" />} onClick={swap}>
              {t('clients.merge_swap')}
            </Button>
          </div>
          {FIELDS.filter((field) => choiceOf(kept, duplicate, field)).map((field) => (
            <FieldChoice
              key={field}
              field={field}
              kept={kept}
              duplicate={duplicate}
              isTaken={taken.has(field)}
              onTake={(isTaken) => {
                const next = new Set(taken);
                if (isTaken) next.add(field);
                else next.delete(field);
                setTaken(next);
              }}
            />
          ))}
          <Alert tone="warn">
            {moving === null ? '…' : t('clients.merge_warning', { name: duplicate.name, count: moving })}
          </Alert>
        </>
      )}
    </CommandDialog>
  );
}

/** Where both say something, and not the same. */
const choiceOf = (kept: Client, duplicate: Client, field: Field): boolean =>
  kept[field] !== null && duplicate[field] !== null && kept[field] !== duplicate[field];

function toMerge(kept: Client, duplicate: Client, taken: ReadonlySet<Field>): CommandInput<'merge_clients'> {
  const take = (field: Field): boolean => taken.has(field) && choiceOf(kept, duplicate, field);
  return {
    clientId: kept.id,
    duplicateId: duplicate.id,
    expectedVersion: kept.version,
    duplicateVersion: duplicate.version,
    ...(take('name') && { name: duplicate.name }),
    ...(take('email') && { email: duplicate.email }),
    ...(take('phone') && { phone: duplicate.phone }),
    ...(take('country') && { country: duplicate.country }),
    ...(take('notes') && { notes: duplicate.notes }),
  };
}

function DuplicateField({ kept, onPick }: { kept: Client; onPick: (client: Client | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const clients = useTopicPart('clients', (view) => view.clients) ?? [];
  const { finds } = textSearch(text);
  const found = clients.filter(({ id, name, archived }) => id !== kept.id && !archived && finds(name));
  return (
    <Combobox
      label={t('clients.merge_with')}
      text={text}
      autoFocus
      onText={(next) => {
        setText(next);
        onPick(null);
      }}
      options={found.slice(0, SHOWN).map(({ id, name, email }) => ({ id, label: name, detail: email }))}
      onPick={({ id, label }) => {
        setText(label);
        onPick(clients.find((client) => client.id === id) ?? null);
      }}
      nothing={t('clients.no_match')}
    />
  );
}

interface FieldChoiceProps {
  readonly field: Field;
  readonly kept: Client;
  readonly duplicate: Client;
  readonly isTaken: boolean;
  readonly onTake: (isTaken: boolean) => void;
}

function FieldChoice({ field, kept, duplicate, isTaken, onTake }: FieldChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t(`clients.${field}`)}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {[kept, duplicate].map((client) => (
          <label
            key={client.id}
            className="control flex items-center gap-2 rounded-lg border border-edge px-3 py-1.5 has-checked:border-signal has-checked:bg-signal-wash"
          >
            <input
              type="radio"
              name={field}
              className="size-4.5 shrink-0 accent-(--action)"
              checked={isTaken === (client === duplicate)}
              onChange={() => onTake(client === duplicate)}
            />
            <span className="line-clamp-3 min-w-0 break-words">{client[field]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
