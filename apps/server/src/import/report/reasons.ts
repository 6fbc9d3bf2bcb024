import type { ImportField, ImportLanguage, ImportReason } from '@almenara/events';
import { titleOf } from '../read/columns.ts';

/** Why a line is left out, for the command line and the file of bad lines. */
export const reasonText = (why: ImportReason, language: ImportLanguage = 'en'): string =>
  language === 'es' ? inSpanish(why) : inEnglish(why);

function inEnglish(why: ImportReason): string {
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
      return `its date "${why.found}" is none, or not ${why.order === 'serial' ? 'a day number' : `in the order ${why.order.split('').join('/')}`}`;
    case 'other_currency':
      return `its price is in ${why.found}, not in ${why.currency}`;
    case 'other_customer':
      return `its customer is ${why.customer}, where the document began with ${why.first}`;
    case 'positive_cancellation':
      return 'its quantity is positive in a cancellation, which takes goods back';
    case 'large_total':
      return 'the total of its document is too large';
    case 'long_document':
      return `its document has ${why.lines} lines, more than ${why.most}: is its number in another column?`;
    case 'not_stocked':
      return `it writes off ${why.product}, which is not a stocked product`;
    case 'imported_otherwise':
      return (
        `document ${why.document} of source "${why.source}" was imported before with other lines. If these documents are ` +
        'another series, give it a name of its own with --source; if the document was corrected, correct its order'
      );
  }
}

const FIELD_IN_SPANISH: Readonly<Record<ImportField, string>> = {
  document: 'el número de documento',
  code: 'el código de producto',
  quantity: 'la cantidad',
  date: 'la fecha',
  price: 'el precio unitario',
  description: 'la descripción',
  customer: 'el cliente',
  country: 'el país',
};
const ORDER_IN_SPANISH = {
  dmy: 'día/mes/año',
  mdy: 'mes/día/año',
  ymd: 'año-mes-día',
  serial: 'número de día',
} as const;

function inSpanish(why: ImportReason): string {
  switch (why.code) {
    case 'extra_cells':
      return `tiene ${why.cells} celdas y la primera línea, ${why.width}: ¿hay un separador en un texto sin comillas?`;
    case 'empty':
      return `falta ${FIELD_IN_SPANISH[why.field]}`;
    case 'too_long':
      return `${FIELD_IN_SPANISH[why.field]} tiene más de ${why.most} caracteres`;
    case 'no_number':
      return `${FIELD_IN_SPANISH[why.field]} «${why.found}» no es un número`;
    case 'no_whole_number':
      return `la cantidad «${why.found}» no es un número entero`;
    case 'zero':
      return 'la cantidad es 0';
    case 'too_many':
      return `la cantidad «${why.found}» es más de ${why.most}`;
    case 'negative_price':
      return `el precio unitario «${why.found}» es negativo`;
    case 'large_price':
      return `el precio unitario «${why.found}» es demasiado grande`;
    case 'no_date':
      return `la fecha «${why.found}» no se puede leer como ${ORDER_IN_SPANISH[why.order]}`;
    case 'other_currency':
      return `su precio está en ${why.found}, no en ${why.currency}`;
    case 'other_customer':
      return `su cliente es ${why.customer}, pero el documento empezó con ${why.first}`;
    case 'positive_cancellation':
      return 'vende algo en un documento que solo recoge devoluciones';
    case 'large_total':
      return 'el total de su documento es demasiado grande';
    case 'long_document':
      return `su documento tiene ${why.lines} líneas, más de ${why.most}: ¿está su número en otra columna?`;
    case 'not_stocked':
      return `da de baja ${why.product}, que no se lleva en existencias`;
    case 'imported_otherwise':
      return (
        `el documento ${why.document} del origen «${why.source}» ya se importó con otras líneas. Si estos números son de ` +
        'otra serie, dale un origen propio; si el documento se corrigió, corrige su pedido'
      );
  }
}
