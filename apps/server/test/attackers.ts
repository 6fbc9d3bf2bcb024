import { randomUUID } from 'node:crypto';
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';
import { type Attack, type AttackedDesk, SCALE } from './attacked-desk.ts';

const CONNECT = (token?: string) =>
  `40/desk,${JSON.stringify({ ...(token !== undefined && { token }), clientId: 'attacker', protocol: 1 })}`;
const ask = (id: number, name: string, payload: unknown) => `42/desk,${id}${JSON.stringify([name, payload])}`;

/** A WebSocket of somebody who knows the protocol, and stops reading when it is let in. */
async function unreadSocket(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  socket.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error('The connection was refused.')));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send(CONNECT(token));
      if (text.includes('auth_success')) resolve();
    });
  });
  socket.pause();
  return socket;
}

/** `connections` × `times` the same request, of which no answer is read. */
export async function unreadRequests(
  { url, attacker }: AttackedDesk,
  connections: number,
  times: number,
  name: string,
  payload: (i: number) => unknown,
): Promise<Attack> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => unreadSocket(url, attacker)));
  for (const socket of sockets) {
    for (let i = 0; i < times * SCALE; i += 1) socket.send(ask(i, name, payload(i)));
  }
  return { end: () => sockets.forEach((socket) => void socket.terminate()) };
}

/** The same over long polling: every poll is answered, and none of the answers is read. */
export async function unreadPolls(
  { url, attacker }: AttackedDesk,
  connections: number,
  times: number,
  name: string,
  payload: unknown,
): Promise<Attack> {
  const open: ClientRequest[] = [];
  const responses: IncomingMessage[] = [];
  const poll = (address: string) =>
    new Promise<IncomingMessage>((resolve) => {
      const polled = get(address, { agent: false }, (response) => {
        responses.push(response.pause());
        resolve(response);
      });
      polled.on('error', () => {});
      open.push(polled);
    });
  const textOf = async (response: IncomingMessage) => {
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const base = `${url}/socket.io/?EIO=4&transport=polling`;
      const { sid } = JSON.parse((await textOf(await poll(base))).slice(1));
      const address = `${base}&sid=${sid}`;
      const post = (body: string) => fetch(address, { method: 'POST', body });
      await post(CONNECT(attacker));
      // The answer to the handshake, and then no other.
      while (!(await textOf(await poll(address))).includes('auth_success'));
      const packets = Array.from({ length: times * SCALE }, (_, i) => ask(i, name, payload));
      await post(packets.join('\x1e'));
      for (let i = 0; i < times * SCALE; i += 1) void poll(address);
    }),
  );
  return { end: () => open.forEach((polled) => void polled.destroy()) };
}

/** GET requests on connections of their own, whose answers are not read. */
export async function unreadResponses(
  { url, attacker }: AttackedDesk,
  times: number,
  path: (i: number) => string,
): Promise<Attack> {
  const open = Array.from({ length: times * SCALE }, (_, i) => {
    const headers = { authorization: `Bearer ${attacker}` };
    const asked = request(url + path(i), { agent: false, headers }, (response) => void response.pause());
    asked.on('error', () => {});
    asked.end();
    return asked;
  });
  return { end: () => open.forEach((asked) => void asked.destroy()) };
}

/** Packets that are begun and never come to their end. */
export async function unfinishedPackets(
  { url, attacker }: AttackedDesk,
  connections: number,
): Promise<Attack> {
  const sockets = await Promise.all(
    Array.from({ length: connections * SCALE }, () => unreadSocket(url, attacker)),
  );
  const packet = Buffer.alloc(900_000, 'x');
  // A frame that is not the last one of its message.
  for (const socket of sockets) socket.send(packet, { fin: false, binary: false });
  return { end: () => sockets.forEach((socket) => void socket.terminate()) };
}

/** Bodies of a size just below what is taken, from somebody who is nobody and never sends their end. */
export async function unfinishedBodies({ url }: AttackedDesk, times: number): Promise<Attack> {
  const open = Array.from({ length: times * SCALE }, () => {
    const headers = { 'content-type': 'application/json', 'content-length': 950_000 };
    const asked = request(`${url}/api/clients`, { method: 'POST', agent: false, headers }, (response) =>
      response.resume(),
    );
    asked.on('error', () => {});
    asked.write('"'.padEnd(940_000, 'x'));
    return asked;
  });
  return { end: () => open.forEach((asked) => void asked.destroy()) };
}

/** Sockets of nobody, which say nothing or, where `token` is given, that they are somebody. */
export function strangers(
  url: string,
  count: number,
  token?: string,
): Attack & { readonly opened: Promise<number> } {
  const sockets = Array.from({ length: count }, () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', () => {});
    return socket;
  });
  const opened = Promise.all(
    sockets.map(
      (socket) =>
        new Promise<number>((resolve) => {
          socket.once('close', () => resolve(0));
          socket.once('message', () => {
            if (token !== undefined) socket.send(CONNECT(token));
            resolve(1);
          });
        }),
    ),
  ).then((all) => all.reduce((sum, one) => sum + one, 0));
  return { opened, end: () => sockets.forEach((socket) => void socket.terminate()) };
}

/** A command under a name of its own. */
export const command = (input: unknown) => ({ commandId: randomUUID(), input });
