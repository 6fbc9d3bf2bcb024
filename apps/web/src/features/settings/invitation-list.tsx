import type { Invitation } from '@almenara/events';
import { useState } from 'react';
import { renewInvitation, withdrawInvitation } from '../../http/accounts.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { toast } from '../../ui/toast.ts';
import type { MadeLink } from './made-link.ts';
import { usePeopleRequest } from './use-refusals.ts';

const Confirm = lazyPart(async () => (await import('../../ui/confirm.tsx')).Confirm);

interface InvitationListProps {
  readonly invitations: readonly Invitation[];
  readonly onLink: (link: MadeLink) => void;
  readonly onChanged: () => void;
}

export function InvitationList({ invitations, onLink, onChanged }: InvitationListProps) {
  const { t } = useTranslation();
  if (invitations.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{t('people.invited_list')}</h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
        {invitations.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} onLink={onLink} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly invitation: Invitation;
  readonly onLink: (link: MadeLink) => void;
  readonly onChanged: () => void;
}

function Row({ invitation, onLink, onChanged }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const renewal = usePeopleRequest();
  const withdrawal = usePeopleRequest();
  const [asking, setAsking] = useState(false);
  const { id, name, email, role, expiresAt } = invitation;
  const renew = async (): Promise<void> => {
    const made = await renewal.run(() => renewInvitation(id));
    if (made) onLink(made);
    else onChanged();
  };
  const withdraw = async (): Promise<void> => {
    const done = await withdrawal.run(async () => {
      await withdrawInvitation(id);
      return true;
    });
    if (!done) return;
    toast.success(t('people.withdrawn', { name }));
    setAsking(false);
    onChanged();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-all text-soft">{email}</p>
        {renewal.error !== null && <Alert tone="bad">{renewal.error}</Alert>}
      </div>
      <div className="flex flex-wrap items-center gap-2 text-sm text-soft">
        <span>{t(`role.${role}`)}</span>
        {Date.parse(expiresAt) < Date.now() ? (
          <Badge tone="bad">{t('people.expired')}</Badge>
        ) : (
          <Badge>{t('people.expires', { at: formats.dateTime(expiresAt) })}</Badge>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-label={t('people.new_link_of', { name })}
          pending={renewal.pending}
          onClick={() => void renew()}
        >
          {t('people.new_link')}
        </Button>
        <Button aria-label={t('people.withdraw_of', { name })} onClick={() => setAsking(true)}>
          {t('people.withdraw')}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t('people.withdraw_title', { name })}
          text={t('people.withdraw_text')}
          confirm={t('people.withdraw')}
          keep={t('action.cancel')}
          pending={withdrawal.pending}
          onConfirm={() => void withdraw()}
          onClose={() => setAsking(false)}
          error={withdrawal.error}
        />
      )}
    </li>
  );
}
