/**
 * The plain way, in a process of its own: a Socket.IO server that persists by the bare transaction, then emits to a room,
 * then answers. It knows no accounts and no past.
 */
// Not by `node --import` as into the desk: it would take the first questions before anybody here listens.
import './probe.mjs';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { answer } from '../load/answering.ts';
import { Bare } from './bare.ts';
import type { PlainQuestions } from './plain.ts';

const ROOM = 'orders';

interface Command {
  readonly commandId: string;
}
type Ack = (answer: object) => void;

answer<PlainQuestions>({
  listen: async ({ databaseUrl, goods, port }) => {
    const bare = new Bare(databaseUrl, goods);
    const http = createServer();
    const io = new Server(http, { serveClient: false });
    io.on('connection', (socket) => {
      void socket.join(ROOM);
      socket.on('place_order', ({ commandId }: Command, ack: Ack) => {
        const which = Math.floor(Math.random() * goods.products.length);
        bare.run(which, commandId).then(
          (seq) => {
            const timestamp = new Date().toISOString();
            io.to(ROOM).emit('order_created', {
              ...goods.event,
              id: randomUUID(),
              seq,
              commandId,
              timestamp,
            });
            ack({ ok: true, data: goods.event.data, at: { [ROOM]: seq } });
          },
          () => ack({ ok: false }),
        );
      });
    });
    await new Promise<void>((resolve) => http.listen({ port, host: '127.0.0.1', backlog: 4096 }, resolve));
    return Number(Object(http.address()).port);
  },
});
