import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../apps/server/src/database/embedded.ts';
import { applyMigrations } from '../../../apps/server/src/database/migrate.ts';
import { migrationsFolder } from '../../../apps/server/src/paths.ts';
import { addGoods, type Goods } from './goods.ts';
import { addPeople } from './people.ts';
import { type Program, startProduct } from './product.ts';

/** What all parts of a run stand on: one PostgreSQL, and in it a small desk of which each gets a copy. */
export interface Stage extends AsyncDisposable {
  readonly program: Program;
  readonly goods: Goods;
  /** As PostgreSQL names its own version. */
  readonly postgresVersion: string;
  /** @returns the address of a database of its own, as the small desk was */
  database(): Promise<string>;
  /** @returns the address of a database with our tables and no rows */
  emptyDatabase(): Promise<string>;
}

const TEMPLATE = 'bench_template';

/** @param products on its shelves */
export async function setStage(program: Program, products = 64): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'almenara-bench-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') }).catch(async (error) => {
    await remove();
    throw error;
  });
  const clear = async (): Promise<void> => {
    await postgres.stop();
    await remove();
  };
  try {
    const admin = (sql: string) => query(postgres.url, sql);
    await admin(`CREATE DATABASE ${TEMPLATE}`);
    const template = named(postgres.url, TEMPLATE);
    await applyMigrations(template, migrationsFolder());
    const people = await addPeople(template);
    const goods = await prepare(program, template, people, products);
    const [row] = await admin('SHOW server_version');
    let databases = 0;
    const create = async (how: string): Promise<string> => {
      databases += 1;
      const name = `bench_${databases}`;
      await admin(`CREATE DATABASE ${name} ${how}`);
      return named(postgres.url, name);
    };
    return {
      program,
      goods,
      postgresVersion: String(Object(row).server_version),
      database: async () => {
        const url = await create(`TEMPLATE ${TEMPLATE}`);
        // It is on disk: what it took to write it falls into nobody's round.
        await admin('CHECKPOINT');
        return url;
      },
      emptyDatabase: async () => {
        const url = await create('');
        await applyMigrations(url, migrationsFolder());
        return url;
      },
      [Symbol.asyncDispose]: clear,
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function prepare(
  program: Program,
  databaseUrl: string,
  people: Goods['people'],
  products: number,
): Promise<Goods> {
  await using desk = await startProduct(program, databaseUrl);
  // Awaited here: the desk ends with the block.
  return await addGoods(desk.url, people, products);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function named(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
