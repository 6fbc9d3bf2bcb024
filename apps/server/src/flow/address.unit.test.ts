import { expect, test } from 'vitest';
import { networkOf } from './address.ts';

test('an IPv4 address is one network, and 64 bits of IPv6 are, however they are written', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8:0:1::7')).toBe('2001:db8:0:1::/64');
  expect(networkOf('2001:0DB8:0000:0001:ffff:ffff:ffff:ffff')).toBe('2001:db8:0:1::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('made up')).toBe('made up');
});
