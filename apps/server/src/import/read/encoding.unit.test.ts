import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decode } from './encoding.ts';

const TEXT = 'Factura;Descripción;País\n1;Café con piñones, 5 €;España\n2;Jabón de Sevilla;Türkiye\n';

test.each([
  ['UTF-8 with a byte order mark', iconv.encode(TEXT, 'utf-8', { addBOM: true })],
  ['UTF-8', iconv.encode(TEXT, 'utf-8')],
  ['UTF-16LE with a byte order mark', iconv.encode(TEXT, 'utf-16le', { addBOM: true })],
  ['UTF-16BE with a byte order mark', iconv.encode(TEXT, 'utf-16be', { addBOM: true })],
  ['UTF-16LE', iconv.encode(TEXT, 'utf-16le')],
  ['UTF-16BE', iconv.encode(TEXT, 'utf-16be')],
  ['windows-1252', iconv.encode(TEXT, 'windows-1252')],
])('a text in %s is read as what it says', (encoding, bytes) => {
  expect(decode(bytes)).toEqual({ text: TEXT, encoding });
});

test('a long file with a single accent in it is taken for windows-1252, not for whatever has that byte', () => {
  const text = `${'invoice;stock code;units\n'.repeat(500)}1;CAÑA;3\n`;
  expect(decode(iconv.encode(text, 'latin1'))).toEqual({ text, encoding: 'windows-1252' });
});

test('a text of ASCII alone is UTF-8, and what it is told to be goes before what is found', () => {
  expect(decode(Buffer.from('a;b')).encoding).toBe('UTF-8');
  expect(decode(Buffer.from([0xe1]), 'windows-1251')).toEqual({ text: 'б', encoding: 'windows-1251' });
});
