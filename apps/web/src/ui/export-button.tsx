import { Download } from 'lucide-react';
import { useTranslation } from '../i18n/use-translation.ts';

type ExportList = 'orders' | 'order-lines' | 'clients' | 'products' | 'inventory' | 'movements' | 'returns';

interface ExportButtonProps {
  readonly list: ExportList;
  /** As the list's own query takes them; what is undefined or empty is left out. */
  readonly filters?: Readonly<Record<string, string | boolean | undefined>>;
}

/** Downloads a list as CSV, as it is filtered. */
export function ExportButton({ list, filters = {} }: ExportButtonProps) {
  const { t } = useTranslation();
  const set = Object.entries(filters).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  const search = set.length > 0 ? `?${new URLSearchParams(set)}` : '';
  return (
    <a
      href={`/api/export/${list}.csv${search}`}
      download
      className="control-square relative inline-flex items-center justify-center gap-2 rounded-lg border border-edge bg-surface px-3.5 text-[0.95rem] leading-tight font-medium transition-colors hover:bg-sunken"
    >
      <Download aria-hidden className="size-4" />
      {/* Only the icon on a phone, which has no room for the text. */}
      <span className="max-sm:sr-only">{t('action.export')}</span>
    </a>
  );
}
