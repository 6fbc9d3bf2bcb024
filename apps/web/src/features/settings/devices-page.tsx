import type { Device } from '@almenara/events';
import { useState } from 'react';
import { endDevice, endOtherDevices, getDevices } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useRequest } from '../../http/use-request.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.ts';
import { Waiting } from './admin-page.tsx';
import { PasswordForm } from './password-form.tsx';
import { Section } from './section.tsx';
import { useDeviceText } from './use-device-text.ts';
import { useKeptFresh } from './use-kept-fresh.ts';

const Confirm = lazyPart(async () => (await import('../../ui/confirm.tsx')).Confirm);

/** /settings/devices */
export function DevicesPage() {
  const { t } = useTranslation();
  const devices = useHttpQuery('devices', getDevices, { onFront: true });
  useKeptFresh(devices.reload);
  return (
    <Page title={t('devices.title')}>
      <Section title={t('devices.list')}>
        {devices.value === null ? (
          <Waiting error={devices.error} reload={devices.reload} />
        ) : (
          <DeviceList devices={devices.value} onChanged={devices.reload} />
        )}
      </Section>
      <Section title={t('devices.password')}>
        <PasswordForm onChanged={devices.reload} />
      </Section>
    </Page>
  );
}

function DeviceList({ devices, onChanged }: { devices: readonly Device[]; onChanged: () => void }) {
  const { t } = useTranslation();
  const sorted = [...devices].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <>
      <ul className="divide-y divide-line">
        {sorted.map((device) => (
          <Row key={device.id} device={device} onChanged={onChanged} />
        ))}
      </ul>
      {devices.length > 1 && <EndOthers onEnded={onChanged} />}
      <p className="sr-only" role="status">
        {t('devices.list')}: {devices.length}
      </p>
    </>
  );
}

function Row({ device, onChanged }: { device: Device; onChanged: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const deviceText = useDeviceText();
  const request = useRequest();
  const { id, agent, address, current, createdAt, lastSeenAt } = device;
  const name = deviceText(agent);
  const end = async (): Promise<void> => {
    const done = await request.run(async () => {
      await endDevice(id);
      return true;
    });
    if (done) toast.success(t('devices.ended', { device: name }));
    onChanged();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">
          {name} {current && <Badge tone="good">{t('devices.this_device')}</Badge>}
        </p>
        <p className="text-sm text-soft">
          {t('devices.active', { at: formats.dateTime(lastSeenAt) })}
          {address !== null && ` · ${address}`}
          {` · ${t('devices.since', { at: formats.dateTime(createdAt) })}`}
        </p>
        {request.error !== null && <Alert tone="bad">{request.error}</Alert>}
      </div>
      {!current && (
        <Button
          aria-label={t('devices.end_of', { device: name })}
          pending={request.pending}
          onClick={() => void end()}
        >
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}

function EndOthers({ onEnded }: { onEnded: () => void }) {
  const { t } = useTranslation();
  const request = useRequest();
  const [asking, setAsking] = useState(false);
  const end = async (): Promise<void> => {
    const done = await request.run(async () => {
      await endOtherDevices();
      return true;
    });
    if (!done) return;
    toast.success(t('devices.others_ended'));
    setAsking(false);
    onEnded();
  };
  return (
    <>
      <Button look="danger" className="mt-3" onClick={() => setAsking(true)}>
        {t('devices.end_others')}
      </Button>
      {asking && (
        <Confirm
          title={t('devices.end_others_title')}
          text={t('devices.end_others_text')}
          confirm={t('devices.end_others')}
          keep={t('action.cancel')}
          pending={request.pending}
          onConfirm={() => void end()}
          onClose={() => setAsking(false)}
          error={request.error}
        />
      )}
    </>
  );
}
