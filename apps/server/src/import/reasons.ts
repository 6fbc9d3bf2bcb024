import type { ImportReason } from '@almenara/events';
import { titleOf } from './columns.ts';

/** Why a line is left out, for the command line and the file of bad lines. */
export function reasonText(why: ImportReason): string {
  switch (why.code) {
    case 'extra_cells':
      return `it has ${why.cells} fields where the first line has ${why.width}: a delimiter in a text that is not quoted?`;
    case 'empty':
      return `it has no ${titleOf(why.field)}`;
    case 'too_long':
      return `its ${titleOf(why.field)} is longer than ${why.most} characters`;
    case 'no_number':
      return `its ${titleOf(why.field)} "${why.found}" is no number`;
    case 'no_whole_number':
      return `its quantity "${why.found}" is no whole number`;
    case 'zero':
      return 'its quantity is 0';
    case 'too_many':
      return `its quantity "${why.found}" is beyond ${why.most}`;
    case 'negative_price':
      return `its unit price "${why.found}" is negative`;
    case 'large_price':
      return `its unit price "${why.found}" is too large`;
    case 'no_date':
      return `its date "${why.found}" is none, or not in the order ${why.order.split('').join('/')}`;
    case 'other_customer':
      return `its customer is ${why.customer}, where the document began with ${why.first}`;
    case 'positive_cancellation':
      return 'its quantity is positive in a cancellation, which takes goods back';
    case 'large_total':
      return 'the total of its document is too large';
    case 'not_stocked':
      return `it writes off ${why.product}, which is not a stocked product`;
    case 'imported_otherwise':
      return (
        `document ${why.document} of source "${why.source}" was imported before with other lines. If these documents are ` +
        'another series, give it a name of its own with --source; if the document was corrected, correct its order'
      );
  }
}
