import type { RequestHandler } from 'express';
import { bytesSent, STALL_BYTES, STALL_MS } from '../flow/sent.ts';

/** Closes the connection of whoever asks for an answer and does not read it: it holds memory, and its user's share. */
export const cutStalled: RequestHandler = (request, response, next) => {
  const { socket } = request;
  let waiting = false;
  let sent = 0;
  const look = (): void => {
    const now = bytesSent(socket);
    const wasWaiting = waiting;
    waiting = socket.writableLength > 0;
    if (waiting && wasWaiting && now - sent < STALL_BYTES) socket.destroy();
    else sent = now;
  };
  const timer = setInterval(look, STALL_MS);
  timer.unref();
  // Each part that looks after an answer hears of its end, and a stream some more.
  response.setMaxListeners(20);
  response.once('close', () => clearInterval(timer));
  next();
};
