import { randomUUID } from 'node:crypto';
import { LightSocket } from './light-socket.ts';

/** How long a server may take to let somebody in before the run is given up. */
const CONNECT_MS = 60_000;

/** What a client says to be let in, and where: the desk, or the plain server, which knows no accounts. */
export type Door = { readonly url: string; readonly token: string | null };

type Acked = (answer: Buffer) => void;
/** In place of the answers that will not come any more. */
const GONE = Buffer.from('[{"ok":false,"error":{"message":"The connection is gone."}}]');

/** Speaks just enough Engine.IO and Socket.IO to be a client of the desk, or of a plain server. */
export class LightClient {
  readonly #socket: LightSocket;
  readonly #namespace: string;
  readonly #acks = new Map<number, Acked>();
  #nextAck = 0;
  #isClosed = false;
  #entered: (() => void) | null = null;
  #refused: ((error: Error) => void) | null = null;
  /** Gets each packet of events as it came; it is valid during the call only. */
  onEvents: (packet: Buffer) => void = () => {};
  onClosed: () => void = () => {};

  private constructor({ url, token }: Door) {
    this.#namespace = token === null ? '' : '/desk,';
    const hello =
      token === null ? '40' : `40/desk,${JSON.stringify({ token, clientId: 'bench', protocol: 1 })}`;
    this.#socket = new LightSocket(url, '/socket.io/?EIO=4&transport=websocket', {
      text: (data) => this.#take(data, hello),
      closed: () => {
        this.#isClosed = true;
        for (const acked of this.#acks.values()) acked(GONE);
        this.#acks.clear();
        this.#refused?.(new Error('The server closed the connection before it was let in.'));
        this.onClosed();
      },
    });
  }

  /** @returns when the desk has said who it is, or the plain server that it is in */
  static async connect(door: Door): Promise<LightClient> {
    const client = new LightClient(door);
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`Nobody was let in within ${CONNECT_MS / 1000} s.`));
        client.close();
      }, CONNECT_MS);
      client.#entered = () => {
        clearTimeout(late);
        client.#refused = null;
        client.#entered = null;
        resolve();
      };
      client.#refused = (error) => {
        clearTimeout(late);
        reject(error);
      };
    });
    return client;
  }

  /** @param json the payload, as it goes over the wire */
  send(name: string, json: string, acked: Acked): void {
    if (this.#isClosed) return acked(GONE);
    const id = this.#nextAck++;
    this.#acks.set(id, acked);
    this.#socket.send(`42${this.#namespace}${id}["${name}",${json}]`);
  }

  /** A command under an id of its own; rejects as `ask`. */
  run(name: string, input: object): Promise<unknown> {
    return this.ask(name, { commandId: randomUUID(), input });
  }

  /** Rejects with what was answered where that is no success. */
  ask(name: string, payload: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.send(name, JSON.stringify(payload), (answer) => {
        const [said]: [{ ok: boolean; data: unknown }] = JSON.parse(answer.toString());
        if (said.ok) resolve(said.data);
        else reject(new Error(`${name}: ${answer.toString('utf8', 0, 500)}`));
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(data: Buffer, hello: string): void {
    const kind = data.toString('latin1', 0, 2);
    if (kind === '2') this.#socket.send('3');
    else if (kind.startsWith('0')) this.#socket.send(hello);
    else if (kind === '43') this.#ack(data);
    else if (kind === '42') this.#event(data);
    // The plain server lets in by this alone; the desk greets.
    else if (kind === '40' && this.#namespace === '') this.#entered?.();
    else if (kind === '44') this.#refused?.(new Error(`Not let in: ${data.toString('utf8', 2, 500)}`));
  }

  #ack(data: Buffer): void {
    const start = data.indexOf('[', 2);
    const id = Number.parseInt(data.toString('latin1', 2 + this.#namespace.length, start), 10);
    const acked = this.#acks.get(id);
    this.#acks.delete(id);
    acked?.(data.subarray(start));
  }

  #event(data: Buffer): void {
    const name = data.toString('latin1', 2 + this.#namespace.length, 2 + this.#namespace.length + 12);
    if (name.startsWith('["events"') || name.startsWith('["order_cr')) this.onEvents(data);
    else if (name.startsWith('["auth_succ')) this.#entered?.();
  }
}
