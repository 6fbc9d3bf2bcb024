import type { Person } from '@almenara/events';
import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useMe } from '../../people/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { iconButton } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';

const ActiveDialog = lazyPart(async () => (await import('./person-dialogs.tsx')).ActiveDialog);
const RoleDialog = lazyPart(async () => (await import('./person-dialogs.tsx')).RoleDialog);

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly onChanged: () => void;
}

export function PeopleTable({ people, onChanged }: PeopleTableProps) {
  const { t } = useTranslation();
  return (
    // A container query: the list of settings beside the table may leave it little room on a wide screen.
    <div className="@container overflow-hidden rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t('people.title')}</caption>
        <thead className="bg-sunken text-sm text-soft">
          <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
            <th scope="col">{t('people.person')}</th>
            <th scope="col" className="w-32 max-sm:hidden">
              {t('people.role')}
            </th>
            <th scope="col" className="w-32 @max-2xl:hidden">
              {t('people.state')}
            </th>
            <th scope="col" className="w-48 @max-2xl:hidden">
              {t('people.seen')}
            </th>
            <th scope="col" className="w-16">
              <span className="sr-only">{t('inventory.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {people.map((person) => (
            <Row key={person.id} person={person} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ person, onChanged }: { person: Person; onChanged: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const me = useMe();
  const { name, email, role, active, lastSeenAt } = person;
  const seen = lastSeenAt === null ? t('people.never') : formats.dateTime(lastSeenAt);
  const state = active ? (
    <Badge tone="good">{t('people.active')}</Badge>
  ) : (
    <Badge tone="bad">{t('people.inactive')}</Badge>
  );
  return (
    <tr className="hover:bg-sunken [&>td]:px-3 [&>td]:py-2">
      <th scope="row" className="px-3 py-2 font-medium break-words">
        {name} {person.id === me.id && <Badge>{t('people.it_is_you')}</Badge>}
        <span className="block text-sm font-normal break-all text-soft">{email}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm font-normal text-soft @2xl:hidden">
          <span className="sm:hidden">{t(`role.${role}`)}</span>
          {!active && state}
          <span>
            {t('people.seen')}: {seen}
          </span>
        </span>
      </th>
      <td className="max-sm:hidden">{t(`role.${role}`)}</td>
      <td className="@max-2xl:hidden">{state}</td>
      <td className="text-soft @max-2xl:hidden">{seen}</td>
      <td className="px-1! text-right">
        {person.id !== me.id && <Actions person={person} onChanged={onChanged} />}
      </td>
    </tr>
  );
}

function Actions({ person, onChanged }: { person: Person; onChanged: () => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'role' | 'active' | null>(null);
  const close = (): void => setOpen(null);
  const changed = (): void => {
    close();
    onChanged();
  };
  return (
    <>
      <MenuButton
        label={t('people.actions_of', { name: person.name })}
        className={iconButton}
        entries={[
          {
            kind: 'action',
            id: 'role',
            label: t('people.change_role'),
            onSelect: () => setOpen('role'),
          },
          {
            kind: 'action',
            id: 'active',
            label: t(person.active ? 'people.deactivate' : 'people.reactivate'),
            onSelect: () => setOpen('active'),
          },
        ]}
      >
        <EllipsisVertical aria-hidden className="size-4.5" />
      </MenuButton>
      {open === 'role' && <RoleDialog person={person} onDone={changed} onClose={close} />}
      {open === 'active' && <ActiveDialog person={person} onDone={changed} onClose={close} />}
    </>
  );
}
