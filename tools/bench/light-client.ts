import WebSocket from 'ws';

/**
 * A subscriber that costs next to nothing, so that what is measured is the server: it speaks just enough Engine.IO to
 * sign in and subscribe, and of each packet it reads only the last event's place.
 */
export class LightClient {
  private readonly socket: WebSocket;
  private awaited: { last: number; resolve: () => void } | null = null;
  private seq = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      if (data.length === 1) return void socket.send('3');
      const at = data.lastIndexOf('"seq":');
      if (at < 0) return;
      this.seq = Number.parseInt(data.toString('latin1', at + 6, at + 20), 10);
      if (this.awaited && this.seq >= this.awaited.last) this.awaited.resolve();
    });
  }

  /** @param auth null for the plain server, which puts everybody into its one room */
  static async connect(url: string, auth: object | null): Promise<LightClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const said = (start: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const listen = (data: Buffer): void => {
          if (!data.toString('latin1', 0, start.length).startsWith(start)) return;
          socket.off('message', listen);
          resolve();
        };
        socket.on('message', listen);
        socket.once('error', reject);
      });
    await said('0');
    socket.send(auth === null ? '40' : `40/desk,${JSON.stringify(auth)}`);
    await said(auth === null ? '40' : '42/desk,["auth_success"');
    if (auth !== null) {
      socket.send('42/desk,0["subscribe",{"topics":[{"topic":"clients"}]}]');
      await said('43/desk,0');
    }
    return new LightClient(socket);
  }

  /** Resolves when the event at `last` has come. */
  reaches(last: number): Promise<void> {
    return new Promise((resolve) => {
      this.awaited = { last, resolve };
      if (this.seq >= last) resolve();
    });
  }

  close(): void {
    this.socket.close();
  }
}
