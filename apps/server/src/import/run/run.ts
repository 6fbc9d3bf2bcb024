import { createHash } from 'node:crypto';
import type { CommandBus } from '../../commands/bus.ts';
import type { Tx } from '../../database/client.ts';
import { NOTHING_KNOWN, readKnown, readProducts } from '../plan/known.ts';
import { linesOf, makePlan } from '../plan/plan.ts';
import type { Plan } from '../plan/planned.ts';
import { ImportError } from '../read/import-error.ts';
import { readSales, type SalesFile, type SalesTable, understand } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import { Batches, inBatches, inDocumentBatches, type Progress } from '../write/batches.ts';
import { writeClients, writeProducts, writeZone } from '../write/catalogue.ts';
import { writeDocuments } from '../write/documents.ts';
import { type Setting, writeOpenings } from '../write/openings.ts';

interface Sales {
  /** The file, or its text where somebody has decoded it, or the table that was found in it. */
  readonly input: Uint8Array | string | SalesTable;
  readonly options: ImportOptions;
}

export interface Preview {
  readonly file: SalesFile;
  readonly plan: Plan;
}

export interface ImportResult extends Preview {
  /** Documents that this import has written. */
  readonly imported: number;
  /** Whether `signal` ended it early: the same import again goes on from here. */
  readonly stopped: boolean;
}

/**
 * What an import would do; changes nothing. `db` null stands for a database that has nothing yet.
 * @throws ImportError if the file cannot be read
 */
export async function previewSales({
  db,
  input,
  options,
}: Sales & { readonly db: Tx | null }): Promise<Preview> {
  const isTable = typeof input === 'object' && 'headings' in input;
  const file = isTable ? understand(input, options) : readSales(input, options);
  const known = db === null ? NOTHING_KNOWN : await readKnown(db, file.lines, options);
  return { file, plan: makePlan(file, known, options) };
}

/**
 * Imports a file of sales lines, batch by batch, each one transaction. What was imported before is left alone, so an
 * import that was stopped or killed is completed by the same import again.
 *
 * @param planned told of what will be done, before anything is
 * @param signal ends it after the batch under way
 * @param allowed asked before each batch: throws where whoever imports may not any more
 * @throws ImportError if the file cannot be read, has too many bad lines, or a batch is refused
 */
export async function importSales({
  bus,
  db,
  planned,
  progress,
  signal,
  allowed,
  ...sales
}: Sales & {
  readonly bus: Pick<CommandBus, 'runSystem'>;
  readonly db: Tx;
  readonly planned?: (preview: Preview) => void;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly allowed?: () => Promise<void>;
}): Promise<ImportResult> {
  const { file, plan } = await previewSales({ db, ...sales });
  const options = { ...sales.options, zone: plan.zone };
  planned?.({ file, plan });
  const { limitErrors } = options;
  if (limitErrors !== undefined && plan.bad.length > limitErrors) {
    throw new ImportError(
      `${plan.bad.length} lines are bad, more than ${limitErrors}: nothing was imported.`,
      { code: 'bad_lines', bad: plan.bad.length, most: limitErrors },
    );
  }
  const basis = digestOf(plan, options);
  const batches = new Batches({ bus, source: options.source, basis, progress, signal, allowed });

  await batches.run('Zone', plan.newZone ? [[options.zone]] : [], (tx) => writeZone(tx, options.zone));
  await batches.run('Products', inBatches(plan.newProducts), (tx, goods) =>
    writeProducts(tx, goods, options.currency),
  );
  const setting: Setting = { options, openedAt: plan.openedAt, productIds: await readProductIds(db, plan) };
  await batches.run('Opening stock', inBatches(plan.openings), (tx, part) =>
    writeOpenings(tx, setting, part),
  );
  await batches.run('Clients', inBatches(plan.newClients), writeClients);
  const imported = await batches.run('Documents', inDocumentBatches(plan.documents), (tx, documents) =>
    writeDocuments(tx, setting, documents),
  );
  return { file, plan, imported, stopped: batches.stopped };
}

async function readProductIds(db: Tx, plan: Plan): Promise<Map<string, string>> {
  const products = await readProducts(db, new Set(plan.documents.flatMap(linesOf).map((line) => line.key)));
  return new Map([...products].map(([key, { id }]) => [key, id]));
}

/** Two imports that would do the same are one: of a double click, or of a run again before anything was done. */
function digestOf(plan: Plan, { source, zone, currency, timeZone, as }: ImportOptions): string {
  const documents = plan.documents.map(({ name, claims }) => [name, claims]);
  return createHash('sha256')
    .update(JSON.stringify([source, zone, currency, timeZone, as, documents]))
    .digest('base64url');
}
