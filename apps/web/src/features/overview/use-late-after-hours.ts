import { LATE_AFTER_HOURS } from '@almenara/events';
import { useCompany } from '../../catalogue/use-company.ts';

/** An open order older than this many hours is late: what the company says, or the usual. */
export const useLateAfterHours = (): number => useCompany()?.lateAfterHours ?? LATE_AFTER_HOURS;
