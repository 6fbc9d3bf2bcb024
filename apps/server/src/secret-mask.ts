/** Shown where a secret was. */
const MASK = '…';
/** A shorter one would mask half the text, and is none worth hiding. */
const MIN_SECRET = 8;

/** What gives a secret away by its looks, whoever wrote it into a text. The first group stays. */
const LOOKS: readonly RegExp[] = [
  // user:password@ of a URL, up to its last @: a password may hold any other sign.
  /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'<>@/]*:[^\s"'<>]*(?=@)/gi,
  /(\balm_)[\w-]+/g,
  /(\b(?:Bearer|Basic)\s+)[^\s"'\\,]+/gi,
  /(\/(?:invite\/(?!accept\b)|setup#))[^\s"'\\/?]+/gi,
  // token=…, "password": "…", also inside a string of JSON
  /((?:token|secret|password|passwd|authorization|api[_-]?key|cookie|known_[\w-]+)(?:=|\\*["']\s*:\s*\\*["']|\s*:\s*\\*["']))[^\s"'\\&;,}]+/gi,
];

/**
 * The last fence before anything is written out: what is logged is chosen piece by piece, and this catches what got
 * into a text all the same, as an error's message. Knows the secrets it was told, and others by their looks.
 */
export class SecretMask {
  private readonly known = new Set<string>();

  /** From here on this very text is masked wherever it stands. */
  hide(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= MIN_SECRET) this.known.add(secret);
  }

  /** Hides the password of a database's URL, as it is written and as it is meant. */
  hideUrl(url: string | undefined): void {
    if (url === undefined || !URL.canParse(url)) return;
    const { password, searchParams } = new URL(url);
    this.hide(password);
    this.hide(searchParams.get('password') ?? undefined);
    try {
      this.hide(decodeURIComponent(password));
    } catch {
      // Then it is not encoded.
    }
  }

  mask = (text: string): string => {
    let masked = text;
    for (const secret of this.known) masked = masked.replaceAll(secret, MASK);
    for (const look of LOOKS) masked = masked.replace(look, `$1${MASK}`);
    return masked;
  };
}
