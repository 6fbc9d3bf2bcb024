/** A server in miniature: starts PostgreSQL on the folder it is given, says so, and waits to be killed. */
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { detectHost } from '../src/database/embedded-launch.ts';

const [, , dataDir = '', flag] = process.argv;
const host = { ...detectHost(), ...(flag === '--without-death-signal' && { parentDeathSignal: false }) };
const { url } = await startEmbeddedPostgres({ dataDir }, host);
process.stdout.write(`${url}\n`);
setInterval(() => {}, 60_000);
