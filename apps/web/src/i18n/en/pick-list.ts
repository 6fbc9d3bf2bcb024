export const pickList = {
  pick_list: {
    title: 'Pick list',
    open: 'Pick list',
    print: 'Print',
    none: 'No orders are chosen. Select some on the orders page.',
    nothing: 'Nothing is to be picked for these orders.',
    missing_one: '{{count}} order could not be loaded.',
    missing_other: '{{count}} orders could not be loaded.',
    unsent_one: 'An order that waits to be sent is not on this list: its shelves are not known yet.',
    unsent_other:
      '{{count}} orders that wait to be sent are not on this list: their shelves are not known yet.',
    changing_one: 'An order on this list has changes that wait to be sent: the shelves may be others.',
    changing_other:
      '{{count}} orders on this list have changes that wait to be sent: the shelves may be others.',
    too_many: 'At most {{count}} orders fit on one pick list.',
    zone: 'Zone {{zone}}',
    no_zone: 'From no shelf',
    done: 'Done',
    picked: 'Picked: {{product}}',
    orders: 'Orders',
  },
};
