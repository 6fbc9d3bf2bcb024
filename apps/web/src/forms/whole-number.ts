/** NaN where a text is no whole number: the contract's schema then says so at the field. */
export const wholeNumber = (text: string): number =>
  /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
