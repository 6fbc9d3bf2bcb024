interface Envelope {
  readonly seq: number;
  readonly commandId: string;
}

export interface Packet {
  readonly seqs: readonly number[];
  /** Which command of the load each event is of (from 0), or NaN for another's. */
  readonly commands: readonly number[];
}

const SEQ = Buffer.from('"seq":');
/** Packets that some readers may not have got yet. */
const KEPT = 512;

/**
 * Reads packets for all readers of a process. What one of them has got before byte for byte is not parsed again:
 * comparing is ten times as fast, and says as much.
 */
export class Packets {
  readonly #kept = new Map<number, { readonly bytes: Buffer; readonly packet: Packet }>();
  #commandPrefix = '';

  /** Ids of the load's commands begin with this, and end with which one it is. */
  begin(commandPrefix: string): void {
    this.#commandPrefix = commandPrefix;
    this.#kept.clear();
  }

  read(data: Buffer): Packet {
    const at = data.indexOf(SEQ) + SEQ.length;
    const first = Number.parseInt(data.toString('latin1', at, at + 16), 10);
    const known = this.#kept.get(first);
    if (known?.bytes.equals(data)) return known.packet;
    const packet = this.#parse(data);
    this.#kept.delete(first);
    this.#kept.set(first, { bytes: Buffer.from(data), packet });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return packet;
  }

  #parse(data: Buffer): Packet {
    const [, payload]: [string, Envelope | Envelope[]] = JSON.parse(data.toString('utf8', data.indexOf('[')));
    return this.of(Array.isArray(payload) ? payload : [payload]);
  }

  of(envelopes: readonly Envelope[]): Packet {
    return {
      seqs: envelopes.map(({ seq }) => seq),
      commands: envelopes.map(({ commandId }) => commandNumber(this.#commandPrefix, commandId)),
    };
  }
}

/** A uuid whose last part is a number: from an event to the moment its command was due without a table. */
export const commandId = (prefix: string, number: number): string =>
  prefix + number.toString(16).padStart(12, '0');

export const commandPrefix = (): string => crypto.randomUUID().slice(0, 24);

const commandNumber = (prefix: string, id: string): number =>
  id.startsWith(prefix) ? Number.parseInt(id.slice(24), 16) : Number.NaN;
