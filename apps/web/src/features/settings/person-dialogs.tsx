import type { Person } from '@almenara/events';
import { useState } from 'react';
import { changePerson } from '../../http/accounts.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { toast } from '../../ui/toast.ts';
import { RequestDialog } from './request-dialog.tsx';
import { RoleField } from './role-field.tsx';
import { usePeopleRequest } from './use-refusals.ts';

interface PersonDialogProps {
  readonly person: Person;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function RoleDialog({ person, onDone, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const request = usePeopleRequest();
  const [role, setRole] = useState(person.role);
  const submit = async (): Promise<void> => {
    const changed = await request.run(() => changePerson(person.id, { role }));
    if (!changed) return;
    toast.success(t('people.role_saved', { name: changed.name, role: t(`role.${changed.role}`) }));
    onDone();
  };
  return (
    <RequestDialog
      title={t('people.role_title', { name: person.name })}
      submit={t('people.change_role')}
      request={request}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <RoleField label={t('people.role')} role={role} onChange={setRole} />
    </RequestDialog>
  );
}

/**
 * Asks before somebody is deactivated. Reactivating needs no warning, but is a dialog too, opened from the same
 * place.
 */
export function ActiveDialog({ person, onDone, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const request = usePeopleRequest();
  const { name, active, keys } = person;
  const submit = async (): Promise<void> => {
    if (!(await request.run(() => changePerson(person.id, { active: !active })))) return;
    toast.success(t(active ? 'people.was_deactivated' : 'people.was_reactivated', { name }));
    onDone();
  };
  if (!active) {
    return (
      <RequestDialog
        title={name}
        submit={t('people.reactivate')}
        request={request}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        <p>{t('people.reactivate_text')}</p>
      </RequestDialog>
    );
  }
  return (
    <Confirm
      title={t('people.deactivate_title', { name })}
      text={t('people.deactivate_text')}
      confirm={t('people.deactivate')}
      keep={t('action.cancel')}
      pending={request.pending}
      onConfirm={() => void submit()}
      onClose={onClose}
      error={request.error}
    >
      {keys > 0 && (
        <Alert tone="warn" className="mt-3">
          {t('people.deactivate_keys', { count: keys })}
        </Alert>
      )}
    </Confirm>
  );
}
