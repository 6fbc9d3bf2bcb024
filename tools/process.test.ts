import { expect, test } from 'vitest';
import { run } from './process.ts';

test('a command that ends well, badly, late or not at all is told apart', async () => {
  const take = (script: string, timeoutMs = 10_000) => run(['sh', '-c', script], process.env, timeoutMs);
  expect(await take('exit 0')).toEqual({ ok: true, reason: '' });
  expect(await take('exit 3')).toEqual({ ok: false, reason: 'exit code 3' });
  expect(await take('kill -9 $$')).toEqual({ ok: false, reason: 'ended by SIGKILL' });
  expect(await take('sleep 60', 600)).toEqual({ ok: false, reason: 'not done after 0.01 minutes' });
  expect((await run(['no-such-program'], process.env, 1000)).reason).toContain('ENOENT');
});

test('what a command leaves behind ends with it', async () => {
  const started = performance.now();
  // The child would hold the pipe, and with it the outer shell, for a minute.
  await run(['sh', '-c', 'sh -c "sleep 60 & exit 0"'], process.env, 10_000);
  expect(performance.now() - started).toBeLessThan(5000);
});
