import type { Client } from '@almenara/events';
import { CommandError } from '../../forms/command-error.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCommand } from '../../realtime/index.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { toast } from '../../ui/toast.ts';

export function ArchiveDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const { t } = useTranslation();
  const archive = useCommand('archive_client');
  const confirm = async (): Promise<void> => {
    const result = await archive.run({ clientId: client.id, expectedVersion: client.version });
    if (!result) return;
    if (result.kind === 'done') toast.success(t('clients.was_archived', { name: client.name }));
    onClose();
  };
  return (
    <Confirm
      title={t('clients.archive_title', { name: client.name })}
      text={t('clients.archive_text')}
      confirm={t('clients.archive_confirm')}
      keep={t('action.cancel')}
      pending={archive.pending}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <CommandError error={archive.error} />
    </Confirm>
  );
}
