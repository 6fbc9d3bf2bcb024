/**
 * Whether a browser's request comes from our own pages. Without PUBLIC_URL an origin is ours when it is the host
 * that was asked: a foreign page names its own. Programs send no origin, and no browser's cookie by accident.
 */
export function isOurOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl?: string,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host: from, origin: normal } = new URL(origin);
  return from === host || (publicUrl !== undefined && normal === new URL(publicUrl).origin);
}
