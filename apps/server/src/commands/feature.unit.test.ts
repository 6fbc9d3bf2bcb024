import { expect, expectTypeOf, test } from 'vitest';
import { assemble, defineFeature, type Feature } from './feature.ts';

const loader = async () => null;

test('what two features bring is refused when the program starts, by both their names', () => {
  const one = defineFeature({ name: 'one', topics: { zones: loader } });
  const other = defineFeature({ name: 'other', topics: { zones: loader } });
  const together = (): unknown => assemble([one, other] as never);

  expect(together).toThrow('other and one both bring zones.');
});

test('a house that lacks something of the contract does not compile', () => {
  const alone = defineFeature({ name: 'alone', topics: { zones: loader } });
  // @ts-expect-error what is missing stands in the type
  const together = (): unknown => assemble([alone]);
  expectTypeOf(together).toBeFunction();
  expectTypeOf(alone).toExtend<Feature>();
});
