import { expect, test } from 'vitest';
import { readArguments, UsageError } from './arguments.ts';

test('columns, cancellations, and what is no goods can be told', () => {
  const args = readArguments([
    'sales.csv',
    '--map',
    'price=VK = netto',
    '--map',
    'code= SKU',
    '--services',
    'POST, dot',
    '--services',
    'M',
    '--goods',
    'hoodie-blue',
    '--cancellations',
    'prefix C',
    '--date-order',
    'serial',
  ]);
  expect(args).toMatchObject({
    map: { price: 'VK = netto', code: 'SKU' },
    options: {
      services: ['POST', 'dot', 'M'],
      goods: ['hoodie-blue'],
      cancellations: 'prefix C',
      dateOrder: 'serial',
    },
  });
  expect(readArguments(['sales.csv'])).toMatchObject({ map: {}, options: { cancellations: 'auto' } });
});

test.each([
  [['--map', 'prize=VK'], /--map: prize=VK is not as price="Net price"; fields are document, code/],
  [['--map', 'price'], /--map: price is not/],
  [['--cancellations', 'some'], /--cancellations: auto, negative, none or prefix:C/],
  [['--cancellations', 'prefix:'], /--cancellations: /],
  [['--services', 'x'.repeat(65)], /--services/],
  [['--date-order', 'dym'], /--date-order/],
])('%j is refused', (more, message) => {
  const refused = () => readArguments(['sales.csv', ...more]);
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(message);
});
