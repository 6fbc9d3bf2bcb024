import { useSearch } from '@tanstack/react-router';

export interface ClientFilters {
  readonly q?: string | undefined;
  readonly archived?: boolean | undefined;
}

/** The list's filters, from the address; none where the list stands on its own. */
export const useClientFilters = (): ClientFilters =>
  useSearch({ from: '/desk/clients', shouldThrow: false }) ?? {};
