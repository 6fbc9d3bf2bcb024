import { readFile } from 'node:fs/promises';
import type { ImportStep } from '@almenara/events';
import type { CommandBus } from '../../commands/bus.ts';
import type { Tx } from '../../database/client.ts';
import type { Plan } from '../plan/planned.ts';
import { settle } from '../read/currency.ts';
import { ImportError } from '../read/import-error.ts';
import { openSales } from '../read/lines.ts';
import { writeBadLines } from '../report/bad-lines-file.ts';
import type { Phase } from '../write/batches.ts';
import type { Beginner } from './beginner.ts';
import type { FromImporter, Work } from './messages.ts';
import { badLines, showPreview } from './preview.ts';
import { importSales, previewSales } from './run.ts';

export interface ImporterPorts {
  readonly bus: Pick<CommandBus, 'runSystem'>;
  readonly db: Tx;
  tell(message: FromImporter): void;
  /** Why whoever began it may not go on; null while they may. */
  rightLost(by: Beginner): Promise<'deactivated' | 'role' | 'gone' | null>;
}

const STEPS: Readonly<Record<Phase, ImportStep['name']>> = {
  Zone: 'zone',
  Products: 'products',
  'Opening stock': 'openings',
  Clients: 'clients',
  Documents: 'documents',
};

const planSteps = (plan: Plan): ImportStep[] =>
  (
    [
      ['zone', plan.newZone && plan.documents.length > 0 ? 1 : 0],
      ['products', plan.newProducts.length],
      ['openings', plan.openings.length],
      ['clients', plan.newClients.length],
      ['documents', plan.documents.length],
    ] as const
  ).flatMap(([name, total]) => (total === 0 ? [] : [{ name, total, done: 0 }]));

/** The dry run: says what would be done, and leaves all bad lines in their file. Changes nothing [I2]. */
export async function dryRun(
  { db, tell }: ImporterPorts,
  { file, badFile, options: asked }: Work,
): Promise<void> {
  const table = openSales(await readFile(file), asked);
  const options = settle(table, asked);
  const isWhole = showPreview(table, options, null).missing.length === 0;
  const preview = isWhole ? await previewSales({ db, input: table, options }) : null;
  await writeBadLines(badFile, preview ? badLines(table, preview.plan) : []);
  tell({ kind: 'preview', preview: showPreview(table, options, preview) });
}

/** Runs the import, telling of each batch; `signal` ends it after the batch under way. */
export async function runImport(
  { bus, db, tell, rightLost }: ImporterPorts,
  { file, options: asked, by }: Work,
  signal: AbortSignal,
): Promise<void> {
  const input = openSales(await readFile(file), asked);
  let total = 0;
  const step = (phase: Phase, done: number): void =>
    tell({ kind: 'step', step: { name: STEPS[phase], done, total } });
  const { imported, stopped } = await importSales({
    bus,
    db,
    input,
    options: settle(input, asked),
    signal,
    allowed: async () => {
      const why = await rightLost(by);
      if (why) throw new ImportError('Whoever ran this import may not any more.', { code: 'no_right', why });
    },
    planned: ({ plan }) => tell({ kind: 'planned', steps: planSteps(plan) }),
    progress: {
      started: (phase, all) => {
        total = all;
        step(phase, 0);
      },
      advanced: step,
      finished: () => {},
    },
  });
  tell({ kind: 'ended', imported, stopped });
}
