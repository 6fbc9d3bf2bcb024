import type { SavedView } from '@almenara/events';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { CommandDialog } from '../../../forms/command-dialog.tsx';
import { CommandError } from '../../../forms/command-error.tsx';
import { useCommandForm } from '../../../forms/use-command-form.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { textSearch } from '../../../text-search.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';

interface SaveViewProps {
  readonly page: string;
  /** The filters, as the page writes them. */
  readonly text: string;
  readonly views: readonly SavedView[];
  readonly onClose: () => void;
}

/** Saves the filters under a name. A name that is taken is moved to the new filters. */
export function SaveView({ page, text, views, onClose }: SaveViewProps) {
  const { t } = useTranslation();
  const form = useCommandForm('save_view');
  const [name, setName] = useState('');
  const same = views.find((view) => textSearch(name).is(view.name));
  const submit = async (): Promise<void> => {
    const result = await form.submit({ page, name, search: text, ...(same && { viewId: same.id }) });
    if (!result) return;
    if (result.kind === 'done') toast.success(t('views.saved', { name: result.output.view.name }));
    onClose();
  };
  return (
    <CommandDialog
      title={t('views.save')}
      description={t('views.save_text')}
      submit={same ? t('views.replace') : t('action.save')}
      form={form}
      errorText={form.error?.code === 'conflict' ? t('views.too_many') : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField label={t('views.name')} value={name} onChange={setName} error={form.errors.name} autoFocus />
    </CommandDialog>
  );
}

export function ManageViews({ views, onClose }: { views: readonly SavedView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useCommand('delete_view');
  return (
    <Dialog title={t('views.manage')} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-2 overflow-y-auto px-5 pt-1 pb-5">
        <CommandError error={remove.error} />
        {views.length === 0 && <p className="text-soft">{t('views.none')}</p>}
        <ul className="divide-y divide-line">
          {views.map((view) => (
            <li key={view.id} className="flex items-center justify-between gap-2 py-1">
              <span className="min-w-0 break-words">{view.name}</span>
              <IconButton
                label={t('views.delete', { name: view.name })}
                onClick={() => void remove.run({ viewId: view.id })}
              >
                <Trash2 aria-hidden className="size-4.5" />
              </IconButton>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
