import { useTranslation } from '../../i18n/use-translation.ts';

export function UnknownZone({ code }: { code: string }) {
  const { t } = useTranslation();
  return <p className="py-10 text-center text-soft">{t('inventory.no_zone', { zone: code })}</p>;
}
