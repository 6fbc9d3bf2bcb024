import { useFormats } from '../i18n/format.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useRealtime } from '../realtime/index.ts';
import type { Teller } from './activity-text.ts';

export function useTeller(): Teller {
  const { t } = useTranslation();
  const formats = useFormats();
  const { topics } = useRealtime();
  const productName = (id: string): string =>
    topics.state('products').view?.products.find((product) => product.id === id)?.name ?? '…';
  return { t, formats, productName };
}
