/** Currencies by region, for regions of Spanish and English and their neighbours that do not use the euro. */
const CURRENCY_OF: Readonly<Record<string, string>> = {
  AR: 'ARS',
  AU: 'AUD',
  BO: 'BOB',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CL: 'CLP',
  CN: 'CNY',
  CO: 'COP',
  CR: 'CRC',
  CZ: 'CZK',
  DK: 'DKK',
  DO: 'DOP',
  EC: 'USD',
  GB: 'GBP',
  GT: 'GTQ',
  HN: 'HNL',
  HU: 'HUF',
  IN: 'INR',
  JP: 'JPY',
  MA: 'MAD',
  MX: 'MXN',
  NI: 'NIO',
  NO: 'NOK',
  NZ: 'NZD',
  PA: 'USD',
  PE: 'PEN',
  PL: 'PLN',
  PR: 'USD',
  PY: 'PYG',
  RO: 'RON',
  SE: 'SEK',
  SV: 'USD',
  TR: 'TRY',
  US: 'USD',
  UY: 'UYU',
  VE: 'VES',
  ZA: 'ZAR',
};

/** The currency of the first of the browser's languages that names a place; the euro where none does. */
export function guessCurrency(languages: readonly string[]): string {
  const regions = languages.map((tag) => new Intl.Locale(tag).region);
  const region = regions.find((one) => one !== undefined);
  return (region !== undefined && CURRENCY_OF[region]) || 'EUR';
}

/** Every currency there is, by its name in that language; `current` first, known or not. */
export function currencyOptions(language: string, current: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  const label = (code: string): string => `${code} · ${names.of(code) ?? code}`;
  const others = Intl.supportedValuesOf('currency').filter((code) => code !== current);
  return [current, ...others].map((code) => ({ value: code, label: label(code) }));
}
