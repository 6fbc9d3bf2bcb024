import i18next from 'i18next';

/** The number of an order that the server has not numbered yet: after all others, as it will be. */
export const UNNUMBERED = Number.POSITIVE_INFINITY;

/** What an order is called on its own, as `#12`. */
export const orderName = (number: number): string =>
  number === UNNUMBERED ? i18next.t('orders.unnumbered') : `#${number}`;

/** What it is called in a sentence: texts say `{{number, order}}`. */
export const orderInText = (number: unknown): string =>
  number === UNNUMBERED ? i18next.t('orders.unnumbered') : i18next.t('orders.numbered', { number });
