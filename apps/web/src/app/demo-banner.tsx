import { useLoaderData } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Says so while the demo accounts exist. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { demo } = useLoaderData({ from: '/desk' });
  if (!demo) return null;
  return <p className="bg-signal px-3 py-1 text-center text-sm font-medium text-on-signal">{t('demo.banner')}</p>;
}
