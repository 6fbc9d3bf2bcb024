import { randomUuid } from '@almenara/client';
import type { Client } from '@almenara/events';
import { useState } from 'react';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import { rebased, toDraft, toNewClient, toUpdate } from './client-draft.ts';

/** Adds a client, or edits one as of one version; a newer one is taken over by hand. */
export function ClientDialog({ client, onClose }: { client: Client | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCommandForm('create_client');
  const update = useCommandForm('update_client');
  const [newId] = useState(randomUuid);
  const [base, setBase] = useState(client);
  const [draft, setDraft] = useState(() => toDraft(client));
  const form = base === null ? create : update;
  const set = (field: keyof typeof draft) => (value: string) => setDraft({ ...draft, [field]: value });
  const isOutdated = base !== null && client !== null && client.version > base.version && !update.pending;

  const submit = async (): Promise<void> => {
    const result = await (base === null
      ? create.submit(toNewClient(newId, draft))
      : update.submit(toUpdate(base, draft)));
    if (!result) return;
    if (result.kind === 'done') {
      const { name } = result.output.client;
      toast.success(t(base === null ? 'clients.created' : 'clients.saved', { name }));
    }
    onClose();
  };
  const takeOver = (): void => {
    if (!base || !client) return;
    setDraft(rebased(draft, base, client));
    setBase(client);
    update.reset();
  };

  return (
    <CommandDialog
      title={t(base === null ? 'clients.new_title' : 'clients.edit_title')}
      submit={t('action.save')}
      form={isOutdated ? { pending: false, error: null } : form}
      // The id was made for this dialog. If the server says it is taken, an earlier try of this dialog went
      // through without its answer reaching us.
      errorText={base === null && form.error?.code === 'conflict' ? t('clients.added_before') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {isOutdated && (
        <Alert tone="warn" title={t('clients.changed_title')}>
          <p className="mb-2">{t('clients.changed_text')}</p>
          <Button onClick={takeOver}>{t('clients.take_over')}</Button>
        </Alert>
      )}
      <TextField
        label={t('clients.name')}
        autoFocus
        value={draft.name}
        onChange={set('name')}
        error={form.errors.name}
      />
      <TextField
        label={t('clients.email')}
        type="email"
        inputMode="email"
        optional
        value={draft.email}
        onChange={set('email')}
        error={form.errors.email}
      />
      <TextField
        label={t('clients.phone')}
        inputMode="tel"
        optional
        value={draft.phone}
        onChange={set('phone')}
        error={form.errors.phone}
      />
      <TextField
        label={t('clients.country')}
        optional
        value={draft.country}
        onChange={set('country')}
        error={form.errors.country}
      />
      <TextField
        label={t('clients.notes')}
        optional
        multiline
        value={draft.notes}
        onChange={set('notes')}
        error={form.errors.notes}
      />
    </CommandDialog>
  );
}
