export const palette = {
  palette: {
    open: 'Search and do (Ctrl K)',
    title: 'Search and do',
    field: 'Search pages, orders, clients, products and actions',
    hint: 'Order, client, product…',
    results: 'Results',
    nothing: 'Nothing fits “{{typed}}”.',
    count_one: '{{count}} result',
    count_other: '{{count}} results',
    group: { page: 'Go to', action: 'Do', order: 'Orders', client: 'Clients', product: 'Products' },
    search_here: 'Search on this page',
    keys_title: 'Keyboard shortcuts',
    keys_text: 'Press the keys one after the other. They do nothing while you type.',
    keys_on: 'Shortcuts of single keys',
  },
};
