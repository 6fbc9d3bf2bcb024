import { UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { getInvitations, getPeople } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { AdminPage, Waiting } from './admin-page.tsx';
import { InvitationList } from './invitation-list.tsx';
import type { MadeLink } from './made-link.ts';
import { PeopleTable } from './people-table.tsx';
import { useKeptFresh } from './use-kept-fresh.ts';

const LinkDialog = lazyPart(async () => (await import('./link-dialog.tsx')).LinkDialog);
const InviteDialog = lazyPart(async () => (await import('./invite-dialog.tsx')).InviteDialog);

/** /settings/people */
export function PeoplePage() {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  return (
    <AdminPage
      title={t('people.title')}
      actions={
        <Button
          look="primary"
          icon={<UserPlus aria-hidden className="size-4" />}
          onClick={() => setInviting(true)}
        >
          {t('people.invite')}
        </Button>
      }
    >
      <Everybody inviting={inviting} onClose={() => setInviting(false)} />
    </AdminPage>
  );
}

function Everybody({ inviting, onClose }: { inviting: boolean; onClose: () => void }) {
  const people = useHttpQuery('people', getPeople, { onFront: true });
  const invitations = useHttpQuery('invitations', getInvitations, { onFront: true });
  const [link, setLink] = useState<MadeLink | null>(null);
  const { reload: reloadPeople } = people;
  const { reload: reloadInvitations } = invitations;
  const reload = useCallback((): void => {
    reloadPeople();
    reloadInvitations();
  }, [reloadPeople, reloadInvitations]);
  // Somebody who connects may just have accepted an invitation.
  useKeptFresh(reload);
  const made = (next: MadeLink): void => {
    setLink(next);
    reload();
  };
  return (
    <>
      {people.value === null || invitations.value === null ? (
        <Waiting error={people.error ?? invitations.error} reload={reload} />
      ) : (
        <>
          <PeopleTable people={people.value} onChanged={reload} />
          <InvitationList invitations={invitations.value} onLink={made} onChanged={reload} />
        </>
      )}
      {inviting && <InviteDialog onMade={reload} onClose={onClose} />}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </>
  );
}
