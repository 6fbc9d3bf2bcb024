import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export interface Decoded {
  readonly text: string;
  /** As people name it. */
  readonly encoding: string;
}

export const isKnownEncoding = (name: string): boolean => iconv.encodingExists(name);

/** Bytes of the start that are enough to tell one 8-bit encoding from another. */
const SAMPLE = 1 << 18;

/**
 * The text of a file. Without `encoding`: what a byte order mark says, else UTF-8 if all of it is valid UTF-8, else
 * the 8-bit encoding that chardet finds likeliest.
 */
export function decode(bytes: Uint8Array, encoding?: string): Decoded {
  if (encoding !== undefined) return { text: decodeAs(bytes, encoding), encoding };
  const marked = byMark(bytes);
  if (marked) return { text: decodeAs(bytes, marked), encoding: `${marked} with a byte order mark` };
  const wide = utf16WithoutMark(bytes);
  if (wide) return { text: decodeAs(bytes, wide), encoding: wide };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    const found = eightBit(bytes);
    return { text: decodeAs(bytes, found), encoding: found };
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (!iconv.encodingExists(encoding)) throw new TypeError(`No encoding ${encoding}`);
  return iconv.decode(bytes, encoding);
}

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'UTF-8';
  if (a === 0xff && b === 0xfe) return 'UTF-16LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16BE';
  return null;
}

/** A table in UTF-16 is mostly ASCII: every other byte of it is zero. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = sample.length * 0.3;
  if (odd > most && even < odd / 10) return 'UTF-16LE';
  if (even > most && odd < even / 10) return 'UTF-16BE';
  return null;
}

/** Below this chardet is guessing, as it does for a single accent in a long file. */
const CONFIDENT = 40;

function eightBit(bytes: Uint8Array): string {
  const likely = analyse(bytes.subarray(0, SAMPLE)).find(({ name }) =>
    /^(ISO-8859-\d+|windows-\d+|KOI8-R)$/.test(name),
  );
  // Spreadsheets write windows-1252 and call it Latin-1; it has all of Latin-1, and the euro sign.
  if (!likely || likely.confidence < CONFIDENT || likely.name === 'ISO-8859-1') return 'windows-1252';
  return iconv.encodingExists(likely.name) ? likely.name : 'windows-1252';
}
