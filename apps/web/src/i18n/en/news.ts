export const news = {
  news: {
    orders_one: '{{count}} order changed',
    orders_other: '{{count}} orders changed',
    stock_one: '{{count}} stock change',
    stock_other: '{{count}} stock changes',
    catalogue_one: '{{count}} change to clients or products',
    catalogue_other: '{{count}} changes to clients or products',
  },
};
