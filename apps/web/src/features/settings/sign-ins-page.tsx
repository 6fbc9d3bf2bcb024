import type { AccountEvent } from '@almenara/events';
import { ROLES } from '@almenara/events';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { getAccountEvents } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useRequest } from '../../http/use-request.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { AdminPage, Waiting } from './admin-page.tsx';
import { useDeviceText } from './use-device-text.ts';
import { useKeptFresh } from './use-kept-fresh.ts';

const FILTERS = ['all', 'refused', 'changes'] as const;
type Filter = (typeof FILTERS)[number];

/** /settings/sign-ins */
export function SignInsPage() {
  const { t } = useTranslation();
  const [only, setOnly] = useState<Filter>('all');
  return (
    <AdminPage title={t('sign_ins.title')}>
      <p className="text-soft">{t('sign_ins.lead')}</p>
      <SelectField
        label={t('sign_ins.show')}
        className="max-w-64"
        value={only}
        options={FILTERS.map((value) => ({ value, label: t(`sign_ins.only.${value}`) }))}
        onChange={(value) => setOnly(FILTERS.find((one) => one === value) ?? 'all')}
      />
      <Events key={only} only={only} />
    </AdminPage>
  );
}

function Events({ only }: { only: Filter }) {
  const { t } = useTranslation();
  const filter = only === 'all' ? {} : { only };
  const first = useHttpQuery(only, (signal) => getAccountEvents(filter, signal), { onFront: true });
  const more = useRequest();
  /** All that was on the page when more was asked for, and what came. */
  const [read, setRead] = useState<EventPage | null>(null);
  useKeptFresh(first.reload);
  if (first.value === null) return <Waiting error={first.error} reload={first.reload} />;
  const { items, nextCursor: cursor } = joined(first.value, read);
  const loadMore = async (): Promise<void> => {
    if (cursor === null) return;
    const page = await more.run(() => getAccountEvents({ ...filter, cursor }));
    if (page) setRead({ items: [...items, ...page.items], nextCursor: page.nextCursor });
  };
  if (items.length === 0) return <p className="text-soft">{t('sign_ins.empty')}</p>;
  return (
    <>
      <EventTable events={items} />
      {more.error !== null && <Alert tone="bad">{more.error}</Alert>}
      {cursor !== null && (
        <Button className="self-center" pending={more.pending} onClick={() => void loadMore()}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}

interface EventPage {
  readonly items: AccountEvent[];
  readonly nextCursor: string | null;
}

/** What is new before what was read; where so much came that the two no longer touch, it begins anew. */
function joined(first: EventPage, read: EventPage | null): EventPage {
  const known = new Set(read?.items.map(({ id }) => id));
  const fresh = first.items.filter(({ id }) => !known.has(id));
  if (read === null || fresh.length === first.items.length) return first;
  return { items: [...fresh, ...read.items], nextCursor: read.nextCursor };
}

function EventTable({ events }: { events: readonly AccountEvent[] }) {
  const { t } = useTranslation();
  return (
    // A container query: the list of settings beside the table may leave it little room on a wide screen.
    <div className="@container overflow-hidden rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t('sign_ins.title')}</caption>
        <thead className="bg-sunken text-sm text-soft @max-2xl:sr-only">
          <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
            <th scope="col" className="w-44">
              {t('sign_ins.when')}
            </th>
            <th scope="col">{t('sign_ins.who')}</th>
            <th scope="col">{t('sign_ins.what')}</th>
            <th scope="col">{t('sign_ins.from')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {events.map((event) => (
            <Row key={event.id} event={event} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ event }: { event: AccountEvent }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const deviceText = useDeviceText();
  const { at, kind, name, email, by, reason, address, agent } = event;
  const isRefusal = kind === 'sign_in_refused';
  return (
    <tr className="align-top @max-2xl:grid @max-2xl:grid-cols-[minmax(0,1fr)_auto] @max-2xl:gap-x-3 @max-2xl:px-3 @max-2xl:py-2.5 @2xl:[&>td]:px-3 @2xl:[&>td]:py-2">
      <td className="whitespace-nowrap text-soft @max-2xl:order-2 @max-2xl:text-sm">
        {formats.dateTime(at)}
      </td>
      <td className="min-w-0 @max-2xl:order-3 @max-2xl:col-span-2">
        <span className="block break-words">{name ?? email ?? t('sign_ins.nobody')}</span>
        {name !== null && <span className="block text-sm break-all text-soft">{email}</span>}
      </td>
      <td className="min-w-0 break-words @max-2xl:order-1 @max-2xl:font-medium">
        <span className={isRefusal ? 'font-medium text-bad' : undefined}>
          {isRefusal && <CircleAlert aria-hidden className="mr-1 inline size-4 align-[-0.15em]" />}
          <What event={event} />
        </span>
        {reason !== null && (
          <span className="block text-sm font-normal text-soft">{t(`sign_ins.reason.${reason}`)}</span>
        )}
        {by !== null && (
          <span className="block text-sm font-normal text-soft">{t('sign_ins.by', { name: by })}</span>
        )}
      </td>
      <td className="min-w-0 break-words text-soft @max-2xl:order-4 @max-2xl:col-span-2 @max-2xl:text-sm">
        {deviceText(agent)}
        {address !== null && (
          <span className="text-sm @2xl:block">
            <span className="@2xl:hidden"> · </span>
            {address}
          </span>
        )}
      </td>
    </tr>
  );
}

function What({ event: { kind, detail } }: { event: AccountEvent }) {
  const { t } = useTranslation();
  const roleText = (role: string | undefined): string => {
    const known = ROLES.find((one) => one === role);
    return known ? t(`role.${known}`) : '–';
  };
  switch (kind) {
    case 'role_changed': {
      const [from, to] = (detail ?? '').split('>');
      return t('sign_ins.kind.role_changed', { from: roleText(from), to: roleText(to) });
    }
    case 'invited':
    case 'invitation_accepted':
      return t(`sign_ins.kind.${kind}`, { role: roleText(detail ?? undefined) });
    case 'key_made':
    case 'key_revoked':
      return t(`sign_ins.kind.${kind}`, { name: detail ?? '' });
    default:
      return t(`sign_ins.kind.${kind}`);
  }
}
