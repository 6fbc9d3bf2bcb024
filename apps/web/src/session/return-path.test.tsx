import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each([
  '/',
  '/orders',
  '/orders?q=caf%C3%A9&status=placed#a',
  '/inventory/A1',
  '/settings/devices',
  '/sign-ins',
])('after the sign-in it goes on at %s', (from) => expect(returnPath(from)).toBe(from));

test.each([
  '/sign-in',
  '/sign-in/',
  '/Sign-In',
  '/%73ign-in',
  '/./sign-in',
  '/orders/../sign-in',
  '/sign-in?from=%2Fsign-in&expired=true',
  '/sign-in#top',
])('[A3] the sign-in does not lead back to itself by %s', (from) => expect(returnPath(from)).toBeNull());

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/%2F%2Fevil.example/..%2f',
  '/%5Cevil.example',
  'javascript:alert(1)',
  'orders',
  '',
  '/%',
  `/${'a'.repeat(3000)}`,
  7,
  null,
  undefined,
])('[A3] nobody is sent to another site, or nowhere, by %j', (from) => expect(returnPath(from)).toBeNull());
