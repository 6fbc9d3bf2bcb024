/** After how many hours an open order is late. */
export const useLateAfterHours = (): number => 24;
