import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../process.ts';
import type { Stage } from './desks/stage.ts';
import type { Goal, Section, Table } from './parts/section.ts';
import { PARTS, type Part } from './parts.ts';

const DOCUMENT = join(root, 'docs/benchmarks.md');
const HEAD = `# Benchmarks

Made by \`pnpm bench\`, each part by its last full run; nothing here is typed by hand. The desk runs as \`pnpm start\` runs it:
the built bundle, in production mode, in a process of its own; its PostgreSQL flushes every commit to disk. Whoever drives it
and whoever reads run on the same machine and take of the same cores. Absolute figures are that machine's: what counts is
the ratio to the plain way in the same run.`;

export function print(section: Section): void {
  console.log(`\n${section.title}`);
  for (const table of section.tables) console.log(`\n${columns(table)}`);
  if (section.goals.length > 0) console.log(`\n${columns(goalsOf(section.goals))}`);
  for (const note of section.notes) console.log(`  ${note}`);
}

/** Replaces what the document said of that part; what it says of others stays. */
export async function write(part: Part, section: Section, stage: Stage): Promise<void> {
  const before = await readFile(DOCUMENT, 'utf8').catch(() => '');
  const texts = PARTS.map((one) => {
    if (one === part) return `${mark(one)}\n${markdown(section, machine(stage))}`;
    const start = before.indexOf(mark(one));
    const end = before.indexOf('<!-- ', start + 1);
    return start < 0 ? '' : before.slice(start, end < 0 ? undefined : end).trimEnd();
  });
  await writeFile(DOCUMENT, `${[HEAD, ...texts.filter((text) => text !== '')].join('\n\n')}\n`);
}

const mark = (part: Part): string => `<!-- ${part} -->`;

function machine({ postgresVersion }: Stage): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return (
    `${date}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB of memory, ` +
    `Node ${process.versions.node}, PostgreSQL ${postgresVersion}.`
  );
}

function markdown({ title, about, tables, goals, notes }: Section, measuredOn: string): string {
  const parts = [`## ${title}`, about, `*${measuredOn}*`, ...tables.map(rows)];
  if (goals.length > 0) parts.push('**Goals**', rows(goalsOf(goals)));
  return [...parts, ...notes.map((note) => `- ${note}`)].join('\n\n');
}

const goalsOf = (goals: readonly Goal[]): Table => ({
  head: ['goal', 'reached', ''],
  rows: goals.map(({ what, reached, met }) => [what, reached, met === null ? '' : met ? 'met' : 'not met']),
});

function rows({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function columns({ head, rows }: Table): string {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ');
  return [head, ...rows].map((row) => `  ${line(row)}`).join('\n');
}
