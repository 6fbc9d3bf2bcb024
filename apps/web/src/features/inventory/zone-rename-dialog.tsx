import type { Zone } from '@almenara/events';
import { useState } from 'react';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { undoToast } from '../../forms/undo-toast.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** The code stays: links, events and labels on the shelves name it. */
export function ZoneRenameDialog({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useCommandForm('update_zone');
  const [atFirst] = useState(zone);
  const [typed, setTyped] = useState(zone.name);
  const submit = async (): Promise<void> => {
    const before = zone.name;
    const result = await form.submit({ zoneId: zone.id, expectedVersion: zone.version, name: typed });
    if (!result) return;
    if (result.kind === 'done') {
      const { id, version, code, name } = result.output.zone;
      undoToast(t('inventory.done.update_zone', { zone: code, name }), {
        about: `${before} → ${name}`,
        name: 'update_zone',
        input: { zoneId: id, expectedVersion: version, name: before },
      });
    }
    onClose();
  };
  return (
    <CommandDialog
      title={t('inventory.rename_zone')}
      description={zone.code}
      submit={t('action.save')}
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {zone.name !== atFirst.name && (
        <Alert tone="warn" title={t('inventory.changed_title')}>
          {atFirst.name} → {zone.name}
        </Alert>
      )}
      <TextField
        label={t('inventory.name')}
        autoFocus
        value={typed}
        onChange={setTyped}
        error={form.errors.name}
      />
    </CommandDialog>
  );
}
