import { useLoaderData } from '@tanstack/react-router';
import { useTranslation } from '../i18n/use-translation.ts';

/** Says so while the demo accounts exist. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { demo } = useLoaderData({ from: '/desk' });
  if (!demo) return null;
  return (
    <p className="print:hidden border-b border-line bg-signal-wash px-3 py-1 text-center text-sm font-medium text-signal-ink">
      {t('demo.banner')}
    </p>
  );
}
