/**
 * `pnpm bench [part …]`: the desk as its users drive it, over sockets and through the database, beside a plain way in the
 * same run. Absolute figures are this machine's; the ratios are what to look at. All parts together write
 * docs/benchmarks.md; single ones print, and write with `--write`. `BENCH_SECONDS` shortens the rounds, for a look.
 * `pnpm bench:large` makes a large desk first, which takes its time (`BENCH_SCALE=0.1` of it), or takes that in
 * `BENCH_DATABASE`.
 */
import { parseArgs } from 'node:util';
import { whenLauncherIsGone } from '../launcher.ts';
import { setStage } from './desks/stage.ts';
import { endAll } from './load/child.ts';
import { isPart, PARTS, type Part, parts } from './parts.ts';
import { print, write } from './report.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !isPart(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: ${PARTS.join(', ')}.`);
  process.exit(2);
}
const wanted: readonly Part[] =
  positionals.length === 0
    ? PARTS.filter((part) => part !== 'large')
    : PARTS.filter((part) => positionals.includes(part));
const seconds = process.env.BENCH_SECONDS === undefined ? undefined : Number(process.env.BENCH_SECONDS);
const writes = values.write || (positionals.length === 0 && seconds === undefined);

let stopped = false;
const stop = (): void => {
  stopped = true;
  process.exitCode = 130;
  endAll();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
whenLauncherIsGone(stop);

try {
  await using stage = await setStage('bundle');
  for (const part of wanted) {
    if (stopped) break;
    const section = await parts[part](stage, seconds);
    print(section);
    if (writes) await write(part, section, stage);
  }
} catch (error) {
  if (!stopped) throw error;
}
// What was under way goes on offering to nobody.
if (stopped) process.exit();
