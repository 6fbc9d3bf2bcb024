import { useNow } from './use-now.ts';

const HOUR = 3_600_000;

export interface Span {
  /** In ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** The viewer's today: from midnight to midnight, which are not always 24 hours apart. */
function todayAt(now: number): Span {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return { from: from.getTime(), to: to.getTime() };
}

/** The hour that runs and the 23 before it. */
function lastDayAt(now: number): Span {
  const hour = new Date(now);
  hour.setMinutes(0, 0, 0);
  const to = hour.getTime() + HOUR;
  return { from: to - 24 * HOUR, to };
}

export const useToday = (): Span => todayAt(useNow());
export const useLastDay = (): Span => lastDayAt(useNow());
