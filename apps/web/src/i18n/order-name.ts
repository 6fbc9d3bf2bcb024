import { i18n } from './i18n.ts';
import { UNNUMBERED } from './texts.ts';

export { UNNUMBERED };

/** What an order is called on its own, as `#12`. In a sentence texts say `{{number, order}}`. */
export const orderName = (number: number): string =>
  number === UNNUMBERED ? i18n.getState().t('orders.unnumbered') : `#${number}`;
