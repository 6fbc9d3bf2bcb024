/** Text that is only blanks says nothing. */
export const blankToNull = (value: string | null | undefined): string | null =>
  value?.trim() ? value.trim() : null;
