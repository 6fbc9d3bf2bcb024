import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
/** Random bytes are asked for in one go for this many ids: one by one they cost more than all else of an id. */
const IDS = 256;

/** Makes ids that rise with time, and within a millisecond by a counter: version 7 of RFC 9562, 6.2. */
export function idMaker(): () => string {
  const pool = new Uint8Array(BYTES * IDS);
  const words = new DataView(pool.buffer);
  let used = pool.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, used + BYTES);
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      // One bit is left for the counter to run into.
      seq = words.getUint32(used) >>> 1;
    } else {
      seq += 1;
    }
    used += BYTES;
    return v7({ random, msecs, seq });
  };
}
