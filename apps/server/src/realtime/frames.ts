import type { Shared } from '../flow/shares.ts';

/** An answer as JSON text, in parts; what many askers are sent is one part that they share. */
export type JsonParts = readonly (string | SharedJson)[];

/** A part of an answer: `json` lies within the bytes of `of`, which memory holds once. */
export interface SharedJson {
  readonly json: Buffer;
  readonly of: Shared;
}

export const textOf = (parts: JsonParts): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.json.toString())).join('');

/** A frame, or more, as Engine.IO takes it where it shall not make one itself. */
export interface PacketOptions {
  readonly wsPreEncodedFrame?: readonly Uint8Array[];
  readonly compress?: boolean;
  /** It goes on with a message that the packet before it has begun. */
  readonly rest?: boolean;
}

/** What Engine.IO puts before a message. */
const MESSAGE = '4';

/** A message to many, encoded once. */
export class Message {
  readonly text: string;
  private encoded: Buffer | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** As one WebSocket frame. */
  get frame(): Buffer {
    if (this.encoded) return this.encoded;
    const payload = Buffer.from(MESSAGE + this.text);
    this.encoded = Buffer.concat([frameHead(payload.length, true, true), payload]);
    return this.encoded;
  }
}

/**
 * One WebSocket message as a chain of frames, each a head and its payload (RFC 6455, 5.2 and 5.4): so the shared parts
 * are written from where they lie. All are queued in one turn, so that no other message can come between.
 */
export function frames(parts: JsonParts): PacketOptions[] {
  const payloads: Buffer[] = [];
  let text = MESSAGE;
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      payloads.push(Buffer.from(text), part.json);
      text = '';
    }
  }
  payloads.push(Buffer.from(text));
  return payloads.map((payload, i) => ({
    wsPreEncodedFrame: [frameHead(payload.length, i === 0, i === payloads.length - 1), payload],
    rest: i > 0,
  }));
}

function frameHead(length: number, first: boolean, last: boolean): Buffer {
  const kind = (first ? 1 : 0) | (last ? 0x80 : 0);
  if (length < 126) return Buffer.from([kind, length]);
  if (length < 65_536) return Buffer.from([kind, 126, length >> 8, length & 255]);
  const head = Buffer.alloc(10);
  head[0] = kind;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
