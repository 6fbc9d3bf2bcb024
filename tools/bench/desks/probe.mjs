/**
 * Loaded into a measured server before its own code (`node --import`): says over the channel what the process has used,
 * and ends it with whoever measures. The server itself knows nothing of it.
 */
process.on('message', async ({ id, kind, ask }) => {
  if (kind !== 'usage') return;
  if (ask.collect) await settle();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ id, answer: { cpuMs: (user + system) / 1000, rss, heap: heapUsed + external } });
});
/** What a collection frees goes back to the system a while later. */
async function settle() {
  for (let before = Number.POSITIVE_INFINITY, i = 0; i < 10; i += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { rss } = process.memoryUsage();
    if (rss > before * 0.995) return;
    before = rss;
  }
}

const END_MS = 15_000;
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  // Its database may be gone together with whoever measures, and then nothing ends in order.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), END_MS).unref();
});
// What it listens to is no reason to stay.
process.channel?.unref();
