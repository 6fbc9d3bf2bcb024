import { isOneOf, isText, type Search } from '../../../http/search-params.ts';

export const SPANS = ['week', 'month', 'year', 'all'] as const;

export interface LedgerSearch {
  /** Only this zone. */
  readonly zone?: string | undefined;
  /** How far back the chart goes. */
  readonly span?: (typeof SPANS)[number] | undefined;
}

export const readLedgerSearch = ({ zone, span }: Search): LedgerSearch => ({
  ...(isText(zone, 32) && { zone }),
  ...(isOneOf(span, SPANS) && { span }),
});
