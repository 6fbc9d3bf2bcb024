#!/usr/bin/env node
/**
 * Prisma's command line leaves migrations to its "schema engine", a native program that it downloads from Prisma's
 * own servers. Almenara is developed and tested with nothing but npm packages, so this stands in for that program:
 * the same JSON-RPC over standard input and output, answered by the same engine compiled to WebAssembly
 * (`@prisma/schema-engine-wasm`), which reaches PostgreSQL through `@prisma/adapter-pg`. `prisma.config.ts` names it.
 *
 * Its version goes with that of `prisma` in the catalog: change both together.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const require = createRequire(import.meta.url);
const engineFolder = dirname(require.resolve('@prisma/schema-engine-wasm'));

/** PostgreSQL's one-byte "char", which its catalogs use; not CHAR(n). */
const CHAR_OID = 18;
const TEXT_OID = 25;
/** JSON-RPC's code for Prisma's "an error happened"; the rest is in `data`. */
const RPC_ERROR = 4466;
/** Where the engine's API and its RPC differ in names. */
const METHODS = { getDatabaseVersion: 'version' };

const { values: options, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    version: { type: 'boolean' },
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});

if (options.version) {
  const { version } = JSON.parse(readFileSync(join(engineFolder, 'package.json'), 'utf8'));
  console.log(`schema-engine-cli ${version.split('.').at(-1)}`);
} else if (positionals[0] === 'cli') {
  await runCommand(positionals[1], databaseUrl());
} else {
  await serve();
}
process.exit();

function databaseUrl() {
  return options.datasource ? JSON.parse(options.datasource).url : process.env.DATABASE_URL;
}

/** `can-connect-to-database` and `create-database`: the answer is the exit code, and the reason on standard error. */
async function runCommand(command, url) {
  try {
    await query(url, 'SELECT 1');
  } catch (error) {
    if (command !== 'create-database' || error.code !== '3D000') return fail(error);
    const name = decodeURIComponent(new URL(url).pathname.slice(1));
    await query(withDatabase(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  }
}

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function fail(error) {
  const code = { '3D000': 'P1003', ECONNREFUSED: 'P1001', ENOENT: 'P1001' }[error.code] ?? 'P1000';
  const fields = { message: error.message || String(error.code), error_code: code, is_panic: false };
  const line = {
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    target: 'schema_engine::logger',
    fields,
  };
  // The command line skips the first line and parses every other one, an empty last one too.
  writeSync(process.stderr.fd, `{}\n${JSON.stringify(line)}`);
  process.exit(1);
}

async function serve() {
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue; // the command line has printed what it was sent
    try {
      engine ??= await startEngine();
      if (method === 'evaluateDataLoss') await readMigrations(engine, params);
      const result = await engine[METHODS[method] ?? method](params);
      if (method === 'diff' && result.stdout)
        send({ id: randomUUID(), method: 'print', params: { content: result.stdout } });
      send({ id, result: result ?? null });
    } catch (error) {
      const data = { is_panic: false, message: error.message, error_code: error.code, meta: error.meta };
      send({ id, error: { code: RPC_ERROR, message: 'An error happened.', data } });
    }
  }
}

/**
 * `migrate dev` on a database that was behind asks this after it has applied the migrations. The engine then needs the
 * schema they lead to, and cannot make a shadow database in this call; a diagnosis can, and keeps the schema for it.
 */
async function readMigrations(engine, { migrationsList, filters }) {
  await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: true });
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function startEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => writeSync(process.stderr.fd, `${message}\n`),
  };
  // The package's own entry imports the .wasm file, which Node 20 cannot.
  const bindings = await import(pathToFileURL(join(engineFolder, 'schema_engine_bg.js')).href);
  const wasm = readFileSync(join(engineFolder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = options.datamodels?.map((file) => [file, readFileSync(file, 'utf8')]);
  const adapters = bindMigrationAwareSqlAdapterFactory(adapterFactory(databaseUrl()));
  return bindings.SchemaEngine.new({ datamodels }, () => {}, adapters);
}

function adapterFactory(url) {
  const connect = async (to) => mended(await new PrismaPg({ connectionString: to }).connect());
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    // adapter-pg drops the shadow database while its own pool is still connected to it, which PostgreSQL refuses.
    connectToShadowDb: async () => {
      const name = `prisma_shadow_${randomUUID()}`;
      await query(url, `CREATE DATABASE "${name}"`);
      const shadow = await connect(withDatabase(url, name));
      const close = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await close();
        await query(url, `DROP DATABASE "${name}" WITH (FORCE)`);
      };
      return shadow;
    },
  };
}

function withDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** What adapter-pg lacks for migrations. */
function mended(connection) {
  // It splits scripts at every semicolon, also inside strings and function bodies.
  connection.executeScript = async (script) => {
    await connection
      .underlyingDriver()
      .query(script)
      .catch((error) => connection.onError(error));
  };
  const startTransaction = connection.startTransaction.bind(connection);
  connection.startTransaction = async (isolation) => withCharacters(await startTransaction(isolation));
  return withCharacters(connection);
}

/** adapter-pg refuses columns of type "char", with which the engine reads PostgreSQL's catalogs. */
function withCharacters(queryable) {
  const performIO = queryable.performIO.bind(queryable);
  const queryRaw = queryable.queryRaw.bind(queryable);
  const characterColumns = new WeakMap();
  queryable.performIO = async (request) => {
    const result = await performIO(request);
    const characters = result.fields.filter((field) => field.dataTypeID === CHAR_OID);
    characterColumns.set(
      result.rows,
      characters.map((field) => result.fields.indexOf(field)),
    );
    for (const field of characters) field.dataTypeID = TEXT_OID;
    return result;
  };
  queryable.queryRaw = async (request) => {
    const answer = await queryRaw(request);
    for (const column of characterColumns.get(answer.rows))
      answer.columnTypes[column] = ColumnTypeEnum.Character;
    return answer;
  };
  return queryable;
}
