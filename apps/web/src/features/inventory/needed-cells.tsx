import { available, type Level } from '@almenara/events';
import { useAvailableOf } from '../../catalogue/use-stock.ts';
import { useFormats } from '../../i18n/format.ts';
import { needed } from './stock-row.ts';

/** What to do about a level: how much is needed, and whether another zone has it. */
export function NeededCells({ level }: { level: Level }) {
  const formats = useFormats();
  const everywhere = useAvailableOf(level.productId);
  const elsewhere = everywhere === null ? null : everywhere - available(level);
  return (
    <>
      <td className="px-3 text-right max-md:hidden">{formats.number(available(level))}</td>
      <td className="px-3 text-right max-md:hidden">{formats.number(level.reorderPoint)}</td>
      <td className="px-3 text-right font-semibold">{formats.number(needed(level))}</td>
      <td className="px-3 text-right max-md:hidden">
        {elsewhere === null ? '…' : elsewhere > 0 ? formats.number(elsewhere) : '–'}
      </td>
    </>
  );
}
