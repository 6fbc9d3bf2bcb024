import WebSocket from 'ws';

/** A reader that takes what it is sent and looks into none of it, so that what is measured is the server. */
export class IdleReader {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, { came(bytes: number): void; failed(error: Error): void }>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      // Engine.IO's ping, or the answer to a packet: `43/desk,` and its number.
      if (data.length === 1) return void socket.send('3');
      const ack = /^43\/desk,(\d+)/.exec(data.toString('latin1', 0, 30));
      const number = Number(ack?.[1] ?? -1);
      this.#answers.get(number)?.came(data.length);
      this.#answers.delete(number);
    });
    socket.on('close', (code, reason) => {
      for (const { failed } of this.#answers.values()) failed(new Error(`Closed: ${code} ${reason}`));
    });
  }

  static async connect(url: string, token: string): Promise<IdleReader> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      maxPayload: 64_000_000,
    });
    const said = (start: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const listen = (data: Buffer): void => {
          if (!data.toString('latin1', 0, start.length).startsWith(start)) return;
          socket.off('message', listen);
          resolve();
        };
        socket.on('message', listen);
        socket.once('error', reject);
        socket.once('close', (code) => reject(new Error(`Closed before it was let in: ${code}`)));
      });
    await said('0');
    socket.send(`40/desk,${JSON.stringify({ token, clientId: token.slice(0, 8), protocol: 1 })}`);
    await said('42/desk,["auth_success"');
    return new IdleReader(socket);
  }

  /** Follows topics; resolves with the size of the answer, in bytes. */
  subscribe(topics: readonly string[]): Promise<number> {
    const number = this.#asked;
    this.#asked += 1;
    const request = JSON.stringify(['subscribe', { topics: topics.map((topic) => ({ topic })) }]);
    return new Promise((came, failed) => {
      this.#answers.set(number, { came, failed });
      this.#socket.send(`42/desk,${number}${request}`);
    });
  }

  close(): void {
    this.#socket.close();
  }
}
