import { mkdtemp } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { createApp } from '../apps/server/src/app.ts';
import { readConfig } from '../apps/server/src/config.ts';
import { startEmbeddedPostgres } from '../apps/server/src/database/embedded.ts';
import { applyMigrations } from '../apps/server/src/database/migrate.ts';
import { migrationsFolder } from '../apps/server/src/paths.ts';
import { silentLog } from '../apps/server/src/silent-log.ts';
import pg from '../apps/server/node_modules/pg/esm/index.mjs';
const dir = await mkdtemp('/tmp/prof/pg-');
const postgres = await startEmbeddedPostgres({ dataDir: dir });
await applyMigrations(postgres.url, migrationsFolder());
const app = await createApp({ config: readConfig({ PORT: '0', HOST: '127.0.0.1' }), databaseUrl: postgres.url, secret: 'x'.repeat(40), log: silentLog() });
await app.start();
const actor = { userId: 'u', role: 'admin' } as const;
const run = async (name: any, input: any) => { const o: any = await app.bus.run(actor, name, input, randomUUID()); if (!o.ok) throw new Error(JSON.stringify(o)); return o.data; };
await run('create_zone', { code: 'A1', name: 'A' });
const { client } = await run('create_client', { name: 'C' });
const products: string[] = [];
for (let i = 0; i < 64; i++) { const { product } = await run('create_product', { sku: 'S' + i, name: 'Product ' + i, unitPrice: { amount: 100, currency: 'EUR' } }); products.push(product.id); await run('receive_stock', { productId: product.id, zone: 'A1', quantity: 1_000_000 }); }
const W = Number(process.argv[2] ?? 32), S = Number(process.argv[3] ?? 5);
const db = new pg.Client({ connectionString: postgres.url }); await db.connect();
const times = new Map<string, number>();
if (process.argv[4]) {
  const { PgTransaction } = await import('../apps/server/src/database/sql.ts');
  const orig = PgTransaction.prototype.rows;
  let last: Promise<unknown> = Promise.resolve();
  (PgTransaction.prototype as any).rows = function (st: any, v: any) {
    const go = async () => { const t = performance.now(); try { return await orig.call(this, st, v); } finally { const a = times.get(st.name) ?? ({ n: 0, t: 0 } as any); a.n++; a.t += performance.now() - t; times.set(st.name, a); } };
    const p = last.then(go, go); last = p.catch(() => {}); return p;
  };
}
for (const phase of ['warm', 'measure']) {
const end = Date.now() + (phase === 'warm' ? 2000 : S * 1000); let n = 0; const c0 = process.cpuUsage(); const t0 = Date.now();
await Promise.all(Array.from({ length: W }, async () => { while (Date.now() < end) { await run('place_order', { clientId: client.id, lines: [{ productId: products[(Math.random() * 64) | 0], quantity: 1 }] }); n++; } }));
const c = process.cpuUsage(c0);
console.log(phase, W, 'in flight', Math.round(n / ((Date.now() - t0) / 1000)), '/s cpu', ((c.user + c.system) / 1000 / n).toFixed(3), 'ms');
}
for (const [k, v] of times as any) console.log(k.padEnd(24), v.n, (v.t / v.n).toFixed(2)); await db.end();
await app.close(); await postgres.stop();
