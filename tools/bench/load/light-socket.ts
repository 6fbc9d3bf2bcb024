import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const READ_BYTES = 256 * 1024;
/** One for all: what a socket has read is looked at before the next one reads. */
const shared = Buffer.allocUnsafe(READ_BYTES);
const TEXT = 0x81;
const PONG = 0x8a;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
/** Where more waits to be read than this, the other side is broken. */
const LONGEST_FRAME = 512 * 1024 * 1024;

export interface SocketListener {
  /** `data` is valid during the call only. */
  text(data: Buffer): void;
  closed(): void;
}

/**
 * A WebSocket that costs next to nothing, so that what is measured is the server: one read buffer for all of a process,
 * no copies of whole frames, no stream, and a mask of zeros. It takes what our servers send: nothing compressed.
 */
export class LightSocket {
  readonly #socket: Socket;
  readonly #listener: SocketListener;
  #upgraded = false;
  /** What was read of a frame that is not whole yet, and how long it has to become. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #neededBytes = 0;
  /** The first frames of a message of several. */
  #fragments: Buffer[] = [];

  constructor(url: string, path: string, listener: SocketListener) {
    const { hostname, port } = new URL(url);
    this.#listener = listener;
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (bytes) => {
          this.#read(shared.subarray(0, bytes));
          return true;
        },
      },
    });
    // Why, nobody asks: it is closed.
    this.#socket.on('error', () => {});
    this.#socket.once('close', () => listener.closed());
    this.#socket.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '',
        '',
      ].join('\r\n'),
    );
  }

  send(text: string): void {
    const length = Buffer.byteLength(text);
    const frame = frameFor(TEXT, length);
    frame.write(text, frame.length - length);
    this.#socket.write(frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let data = chunk;
    if (this.#held.length > 0) {
      this.#held.push(Buffer.from(chunk));
      this.#heldBytes += chunk.length;
      if (this.#heldBytes < this.#neededBytes) return;
      data = Buffer.concat(this.#held);
      this.#held = [];
    }
    let at = this.#upgraded ? 0 : this.#upgrade(data);
    while (this.#upgraded && at < data.length && !this.#socket.destroyed) {
      const frame = frameAt(data, at);
      if (frame === null || frame.end > data.length) {
        this.#neededBytes = (frame?.end ?? at + 1) - at;
        break;
      }
      this.#take(frame, data.subarray(frame.start, frame.end));
      at = frame.end;
    }
    this.#heldBytes = data.length - at;
    if (this.#heldBytes > 0) this.#held = [Buffer.from(data.subarray(at))];
  }

  /** @returns where the first frame begins */
  #upgrade(data: Buffer): number {
    const end = data.indexOf(END_OF_HEAD);
    if (end < 0) return 0;
    if (data.toString('latin1', 0, 12) === 'HTTP/1.1 101') this.#upgraded = true;
    else this.close();
    return end + END_OF_HEAD.length;
  }

  #take({ opcode, last }: Frame, data: Buffer): void {
    if (opcode === 8) this.close();
    else if (opcode === 9) this.#socket.write(frameFor(PONG, 0));
    else if (opcode > 1) throw new Error(`A frame of kind ${opcode}`);
    else if (last && opcode === 1) this.#listener.text(data);
    else {
      this.#fragments.push(Buffer.from(data));
      if (!last) return;
      this.#listener.text(Buffer.concat(this.#fragments));
      this.#fragments = [];
    }
  }
}

interface Frame {
  readonly opcode: number;
  /** Of its message. */
  readonly last: boolean;
  readonly start: number;
  readonly end: number;
}

/** @returns null where its head is not whole */
function frameAt(data: Buffer, at: number): Frame | null {
  if (data.length < at + 2) return null;
  const kind = data.readUInt8(at);
  const [opcode, last] = [kind & 0x0f, kind >= 0x80];
  const short = data.readUInt8(at + 1) & 0x7f;
  if (short < 126) return { opcode, last, start: at + 2, end: at + 2 + short };
  const headBytes = short === 126 ? 4 : 10;
  if (data.length < at + headBytes) return null;
  const length = short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  if (length > LONGEST_FRAME) throw new Error(`A frame of ${length} bytes`);
  return { opcode, last, start: at + headBytes, end: at + headBytes + length };
}

/** A frame's head with room for its text behind; what a client sends is masked, here with zeros. */
function frameFor(kind: number, length: number): Buffer {
  const headBytes = (length < 126 ? 2 : length < 65_536 ? 4 : 10) + 4;
  const frame = Buffer.alloc(headBytes + length);
  frame.writeUInt8(kind, 0);
  frame.writeUInt8(0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127), 1);
  if (length >= 65_536) frame.writeBigUInt64BE(BigInt(length), 2);
  else if (length >= 126) frame.writeUInt16BE(length, 2);
  return frame;
}
