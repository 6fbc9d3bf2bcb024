import type { Role } from '@almenara/events';
import { useState } from 'react';
import { useFieldErrors } from '../../forms/field-errors.ts';
import { invite } from '../../http/accounts.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { linkOf, type MadeLink } from './made-link.ts';
import { RequestDialog } from './request-dialog.tsx';
import { RoleField } from './role-field.tsx';
import { SecretForm } from './secret-form.tsx';
import { useLinkTexts } from './use-link-texts.ts';
import { usePeopleRequest } from './use-refusals.ts';

interface InviteDialogProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function InviteDialog({ onMade, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const request = usePeopleRequest();
  const linkTexts = useLinkTexts();
  const [made, setMade] = useState<MadeLink | null>(null);
  const { errors, checking, check } = useFieldErrors(({ InvitationInput }) => InvitationInput);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const submit = async (): Promise<void> => {
    const input = { name, email: email.trim(), role };
    if (!(await check(input))) return;
    const link = await request.run(() => invite(input));
    if (!link) return;
    setMade(link);
    onMade();
  };
  return (
    <RequestDialog
      {...(made
        ? linkTexts(made)
        : { title: t('people.invite_title'), description: t('people.invite_text') })}
      submit={t('people.invite_submit')}
      request={{ ...request, pending: checking || request.pending }}
      onSubmit={() => void submit()}
      onClose={onClose}
      result={
        made && (
          <SecretForm
            label={t('people.link')}
            value={linkOf(made)}
            done={t('people.link_done')}
            onDone={onClose}
          />
        )
      }
    >
      <TextField
        label={t('people.name')}
        autoFocus
        value={name}
        onChange={setName}
        error={errors.name ?? request.fields.name}
      />
      <TextField
        label={t('people.email')}
        type="email"
        inputMode="email"
        value={email}
        onChange={setEmail}
        error={errors.email ?? request.fields.email}
      />
      <RoleField label={t('people.role')} role={role} onChange={setRole} />
    </RequestDialog>
  );
}
