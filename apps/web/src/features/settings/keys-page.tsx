import type { Key } from '@almenara/events';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { getKeys, revokeKey } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useRequest } from '../../http/use-request.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { EmptyState } from '../../ui/placeholder.tsx';
import { toast } from '../../ui/toast.ts';
import { AdminPage, Waiting } from './admin-page.tsx';
import { useKeptFresh } from './use-kept-fresh.ts';

const KeyDialog = lazyPart(async () => (await import('./key-dialog.tsx')).KeyDialog);

const Confirm = lazyPart(async () => (await import('../../ui/confirm.tsx')).Confirm);

/** /settings/keys */
export function KeysPage() {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  return (
    <AdminPage
      title={t('keys.title')}
      actions={
        <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setMaking(true)}>
          {t('keys.new')}
        </Button>
      }
    >
      <p className="max-w-2xl text-soft">{t('keys.lead')}</p>
      <Keys making={making} onClose={() => setMaking(false)} />
    </AdminPage>
  );
}

function Keys({ making, onClose }: { making: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const keys = useHttpQuery('keys', getKeys, { onFront: true });
  useKeptFresh(keys.reload);
  return (
    <>
      {keys.value === null && <Waiting error={keys.error} reload={keys.reload} />}
      {keys.value?.length === 0 && (
        <EmptyState
          icon={<KeyRound aria-hidden />}
          title={t('keys.empty_title')}
          text={t('keys.empty_text')}
        />
      )}
      {keys.value !== null && keys.value.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {keys.value.map((key) => (
            <Row key={key.id} apiKey={key} onRevoked={keys.reload} />
          ))}
        </ul>
      )}
      {making && <KeyDialog onMade={keys.reload} onClose={onClose} />}
    </>
  );
}

function Row({ apiKey, onRevoked }: { apiKey: Key; onRevoked: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const request = useRequest();
  const [asking, setAsking] = useState(false);
  const { id, name, role, start, lastUsedAt, createdAt, expiresAt } = apiKey;
  const hasEnded = expiresAt !== null && Date.parse(expiresAt) < Date.now();
  const revoke = async (): Promise<void> => {
    const done = await request.run(async () => {
      await revokeKey(id);
      return true;
    });
    if (!done) return;
    toast.success(t('keys.revoked', { name }));
    setAsking(false);
    onRevoked();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          {name} <Badge>{t(`role.${role}`)}</Badge>
        </p>
        <dl className="mt-1 flex flex-wrap gap-x-4 text-sm text-soft [&>div]:flex [&>div]:gap-1">
          <div>
            <dt>{t('keys.start')}</dt>
            <dd className="font-mono">{start}…</dd>
          </div>
          <div>
            <dt>{t('keys.used')}:</dt>
            <dd>{lastUsedAt === null ? t('keys.never_used') : formats.dateTime(lastUsedAt)}</dd>
          </div>
          <div>
            <dt>{t('keys.made')}:</dt>
            <dd>{formats.dateTime(createdAt)}</dd>
          </div>
          {expiresAt !== null && (
            <div>
              <dt>{t('keys.ends')}:</dt>
              <dd>{hasEnded ? t('keys.expired') : formats.dateTime(expiresAt)}</dd>
            </div>
          )}
        </dl>
      </div>
      <Button look="danger" aria-label={t('keys.revoke_of', { name })} onClick={() => setAsking(true)}>
        {t('keys.revoke')}
      </Button>
      {asking && (
        <Confirm
          title={t('keys.revoke_title', { name })}
          text={t('keys.revoke_text')}
          confirm={t('keys.revoke')}
          keep={t('action.cancel')}
          pending={request.pending}
          onConfirm={() => void revoke()}
          onClose={() => setAsking(false)}
          error={request.error}
        />
      )}
    </li>
  );
}
