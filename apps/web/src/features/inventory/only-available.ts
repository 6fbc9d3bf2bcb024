import type { CommandFailed } from '@almenara/client';
import * as z from 'zod/mini';
import type { Translate } from '../../i18n/texts.ts';

const Missing = z.object({ lines: z.array(z.object({ available: z.number() })).check(z.minLength(1)) });

/** An `out_of_stock` answer about one product, with how many there are. */
export function onlyAvailable(t: Translate, error: CommandFailed | null): string | undefined {
  if (error?.code !== 'out_of_stock') return undefined;
  const available = Missing.safeParse(error.details).data?.lines[0]?.available;
  return available === undefined ? undefined : t('inventory.only_available', { available });
}
