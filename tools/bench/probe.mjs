/**
 * Loaded into a measured server before its own code (`node --import`): says over the channel what the process has used,
 * and ends it with whoever measures. The server itself knows nothing of it.
 */
process.on('message', ({ id, kind, ask }) => {
  if (kind !== 'usage') return;
  if (ask.collect) for (let i = 0; i < 3; i += 1) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ id, answer: { cpuMs: (user + system) / 1000, rss, heap: heapUsed + external } });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// What it listens to is no reason to stay.
process.channel?.unref();
