import type { ImportPreview, ImportStep, ImportTrouble } from '@almenara/events';
import type { AskedOptions } from '../read/options.ts';
import type { Beginner } from './beginner.ts';

/** What a server and the process that imports for it say to each other. */

export interface Work {
  readonly options: AskedOptions;
  readonly file: string;
  /** Where the bad lines are written, as CSV. */
  readonly badFile: string;
  readonly databaseUrl: string;
  /** Whose right it is done by: looked at again before each batch. */
  readonly by: Beginner;
}

export type ToImporter = (Work & { readonly kind: 'preview' | 'run' }) | { readonly kind: 'cancel' };

export type FromImporter =
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'planned'; readonly steps: readonly ImportStep[] }
  | { readonly kind: 'step'; readonly step: ImportStep }
  | { readonly kind: 'ended'; readonly imported: number; readonly stopped: boolean }
  /** The database was away for too long; what was written stays. */
  | { readonly kind: 'interrupted' }
  /** `trouble`: whoever imports can do something about it; null where only the log says more. */
  | { readonly kind: 'failed'; readonly message: string; readonly trouble: ImportTrouble | null };
