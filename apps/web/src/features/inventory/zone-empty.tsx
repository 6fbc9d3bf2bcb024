import { MapPin, PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ImportLink } from '../../ui/import-link.tsx';
import { EmptyState } from '../../ui/placeholder.tsx';

export function NoZones() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<MapPin aria-hidden />}
      title={t('inventory.no_zones_title')}
      text={t('inventory.no_zones_text')}
    >
      <ImportLink />
    </EmptyState>
  );
}

export function EmptyZone({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<PackageOpen aria-hidden />}
      title={t('inventory.empty_title', { zone: name })}
      text={t('inventory.empty_text')}
    />
  );
}

export function UnknownZone({ code }: { code: string }) {
  const { t } = useTranslation();
  return <p className="py-10 text-center text-soft">{t('inventory.no_zone', { zone: code })}</p>;
}
