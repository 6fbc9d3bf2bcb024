/** What every page may say of orders, stock and clients; the rest comes with their pages. */
export const shared = {
  clients: { new: 'New client' },
  inventory: { actions: 'Actions', receive: 'Receive', product: 'Product' },
  orders: {
    new: 'New order',
    more: 'Show {{count}} more',
    number: 'Order {{number, order}}',
    numbered: '#{{number}}',
    unnumbered: '(new)',
    unassigned: 'Nobody',
  },
  order: {
    to_status: {
      placed: 'Place',
      picking: 'Start picking',
      packed: 'Mark as packed',
      shipped: 'Ship',
      delivered: 'Mark as delivered',
      cancelled: 'Cancel order',
    },
    moved: 'Order {{number, order}}: {{status}}',
    moved_in_two: 'Order {{number, order}} shipped; the rest is back order {{other, order}}',
    back_to: 'Back to: {{status}}',
  },
  new_order: {
    product_hint: 'SKU, name or barcode',
    no_product: 'No product matches.',
    unknown_code: 'No product has the code {{code}}.',
    code_unsure:
      'The code {{code}} could not be looked up: no connection. Try again when you are back online.',
    available_one: '{{count}} available',
    available_other: '{{count}} available',
    not_stocked: 'not stocked',
  },
  views: { saved: 'View “{{name}}” saved', deleted: 'View deleted' },
};
