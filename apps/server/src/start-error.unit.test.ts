import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describeStartError } from './start-error.ts';

test('a port that another program has is said, with what to do about it', async () => {
  const [other, server] = [createServer(), createServer()];
  try {
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const failed = once(server, 'error');
    server.listen(port, '127.0.0.1');
    const [error] = await failed;
    expect(describeStartError(error, { PORT: String(port) })).toBe(
      `port ${port} is in use by another program. Stop that, or set PORT to a free one.`,
    );
  } finally {
    other.close();
  }
});

test('a folder that cannot be written, a port for root alone and a full disk are said; all else as it is', () => {
  const failure = (code: string, syscall: string): Error =>
    Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
  expect(describeStartError(failure('EACCES', 'mkdir'), { DATA_DIR: '/srv/desk' })).toContain(
    'kept in /srv/desk, which this user must be able to write',
  );
  expect(describeStartError(failure('EROFS', 'mkdir'), {})).toContain('kept in .almenara');
  expect(describeStartError(failure('EACCES', 'listen'), { PORT: '80' })).toContain('not listen on port 80');
  expect(describeStartError(failure('ENOSPC', 'write'), {})).toContain('kept in .almenara');
  expect(describeStartError(new Error('no such role'), {})).toBe('no such role');
});
