import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { toProblem } from '../failure.ts';
import { httpFailure } from './http-error.ts';

const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What Node turns away before there is a request: told as all other problems are, and the connection ends. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(problem(STATUS[error.code ?? ''] ?? 400));
  });
  server.on('checkExpectation', (_request, response) => {
    const { status, failure } = httpFailure(417);
    response.writeHead(status, { 'Content-Type': 'application/problem+json', Connection: 'close' });
    response.end(JSON.stringify({ ...toProblem(failure).body, status }));
  });
}

function problem(status: number): string {
  const body = JSON.stringify({ ...toProblem(httpFailure(status).failure).body, status });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
