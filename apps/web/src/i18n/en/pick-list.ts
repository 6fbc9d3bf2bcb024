export const pickList = {
  pick_list: {
    title: 'Pick list',
    open: 'Pick list',
    print: 'Print',
    none: 'No orders are chosen. Select some on the orders page.',
    nothing: 'Nothing is to be picked for these orders.',
    missing_one: '{{count}} order could not be loaded.',
    missing_other: '{{count}} orders could not be loaded.',
    too_many: 'At most {{count}} orders fit on one pick list.',
    zone: 'Zone {{zone}}',
    no_zone: 'From no shelf',
    done: 'Done',
    picked: 'Picked: {{product}}',
    orders: 'Orders',
  },
};
