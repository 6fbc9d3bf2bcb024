import type { Company } from '@almenara/events';
import { useTopicPart } from '../realtime/index.ts';
import { useProducts } from './use-products.ts';

/** Whose desk this is; null until it is known, or while nobody has said. */
export const useCompany = (): Company | null => useTopicPart('company', (view) => view.company);

/** What a new product is priced in: as the others are, else as the company says. */
export function useUsualCurrency(): string {
  const company = useCompany();
  return useProducts()[0]?.unitPrice.currency ?? company?.currency ?? 'EUR';
}
