import { CircleCheck, MapPin, PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ImportLink } from '../../people/import-link.tsx';
import { useCanWrite } from '../../people/me.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { EmptyState } from '../../ui/placeholder.tsx';

const ReceiveDialog = lazyPart(async () => (await import('./receive-dialog.tsx')).ReceiveDialog);
const ZoneDialog = lazyPart(async () => (await import('./zone-dialog.tsx')).ZoneDialog);

export function NoZones() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  return (
    <EmptyState
      icon={<MapPin aria-hidden />}
      title={t('inventory.no_zones_title')}
      text={t('inventory.no_zones_text')}
    >
      {canWrite && (
        <Button look="primary" onClick={() => setOpen(true)}>
          {t('inventory.new_zone')}
        </Button>
      )}
      <ImportLink />
      {open && <ZoneDialog onClose={() => setOpen(false)} />}
    </EmptyState>
  );
}

/** `zone` is null where all of them are empty. */
export function EmptyZone({ zone }: { zone: string | null }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  return (
    <EmptyState
      icon={<PackageOpen aria-hidden />}
      title={zone === null ? t('inventory.empty_all_title') : t('inventory.empty_title', { zone })}
      text={t('inventory.empty_text')}
    >
      {canWrite && (
        <Button look="primary" onClick={() => setOpen(true)}>
          {t('inventory.receive')}
        </Button>
      )}
      {zone === null && <ImportLink />}
      {open && <ReceiveDialog product={null} zone={zone} onClose={() => setOpen(false)} />}
    </EmptyState>
  );
}

export function NothingLow() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<CircleCheck aria-hidden />}
      title={t('inventory.none_low_title')}
      text={t('inventory.none_low_text')}
    />
  );
}
