import { createConnection, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** A network between a server and its database, which can fail as networks do: silently. */
export interface Proxy extends AsyncDisposable {
  /** For whoever is to reach the database through it. */
  readonly url: string;
  /** From now on nothing gets through, in either direction, and nobody is told. */
  stall(): void;
  resume(): void;
  /** Stalls once the database has been sent this text: it does what it was told, and the answer never comes. */
  stallAfter(text: string): void;
}

export async function proxyTo(databaseUrl: string): Promise<Proxy> {
  const ends = new Set<Socket>();
  let isStalled = false;
  let trigger: string | null = null;
  const stall = (): void => {
    isStalled = true;
    for (const end of ends) end.pause();
  };
  const pass = (from: Socket, to: Socket, sent: (chunk: Buffer) => void = () => {}): void => {
    ends.add(from);
    from.on('data', (chunk: Buffer) => {
      to.write(chunk);
      sent(chunk);
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      ends.delete(from);
      to.destroy();
    });
    from.on('error', () => {});
    if (isStalled) from.pause();
  };
  const server = createServer((client) => {
    const database = createConnection(targetOf(databaseUrl));
    pass(client, database, (chunk) => {
      if (trigger === null || !chunk.includes(trigger)) return;
      trigger = null;
      stall();
    });
    pass(database, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    stall,
    resume: () => {
      isStalled = false;
      for (const end of ends) end.resume();
    },
    stallAfter: (text) => {
      trigger = text;
    },
    [Symbol.asyncDispose]: async () => {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function targetOf(databaseUrl: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(databaseUrl);
  const folder = searchParams.get('host');
  return folder?.startsWith('/')
    ? { path: `${folder}/.s.PGSQL.${port}` }
    : { host: folder ?? hostname, port: Number(port) };
}
