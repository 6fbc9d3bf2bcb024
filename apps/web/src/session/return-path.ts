/** Longer than any address of this app, in characters. */
const LONGEST = 2000;
const BASE = 'http://here.invalid';

/**
 * Where to go on after the sign-in: a path of ours with its query and fragment, or null. Never the sign-in itself, which
 * would ask for the password again, and never another site, however its address is written.
 */
export function returnPath(from: unknown): string | null {
  if (typeof from !== 'string' || from.length > LONGEST || !from.startsWith('/')) return null;
  let url: URL;
  let path: string;
  try {
    url = new URL(from, BASE);
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // "//host" is another site, and so is what a browser makes of "/\host" or "/..//host".
  if (url.origin !== BASE || /^\/[/\\]/.test(path) || /^\/sign-in(\/|$)/i.test(path)) return null;
  return url.pathname + url.search + url.hash;
}
