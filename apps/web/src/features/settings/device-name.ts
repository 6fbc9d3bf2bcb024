/** In this order: browsers further up also send the names of those further down. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'Mac'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const first = (agent: string, among: readonly [RegExp, string][]): string | null =>
  among.find(([pattern]) => pattern.test(agent))?.[1] ?? null;

/** What a User-Agent says of itself, as far as it helps its owner to know it again. */
export type DeviceName =
  | { readonly kind: 'browser'; readonly browser: string; readonly system: string }
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'unknown' };

export function deviceName(agent: string | null): DeviceName {
  if (agent === null || agent.trim() === '') return { kind: 'unknown' };
  const browser = first(agent, BROWSERS);
  const system = first(agent, SYSTEMS);
  if (browser !== null && system !== null) return { kind: 'browser', browser, system };
  return { kind: 'program', name: agent.split(/[\s/(]/, 1)[0]?.slice(0, 40) || agent.slice(0, 40) };
}
