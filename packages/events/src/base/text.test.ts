import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  commands,
  InvitationInput,
  isVisible,
  KeyInput,
  line,
  plainLine,
  plainText,
  storable,
  text,
} from '../index.ts';

/** Letters that show nothing, by what they are called. */
const NOTHING: Readonly<Record<string, string>> = {
  'zero width space': '\u{200b}',
  'zero width non-joiner': '\u{200c}',
  'zero width joiner': '\u{200d}',
  'zero width no-break space': '\u{feff}',
  'word joiner': '\u{2060}',
  'invisible times': '\u{2062}',
  'soft hyphen': '\u{ad}',
  'hangul filler': '\u{3164}',
  'hangul choseong filler': '\u{115f}',
  'halfwidth hangul filler': '\u{ffa0}',
  'braille blank': '\u{2800}',
  'variation selector': '\u{fe0f}',
  'variation selector of ideographs': '\u{e0100}',
  'combining grapheme joiner': '\u{34f}',
  'mongolian vowel separator': '\u{180e}',
  'left-to-right mark': '\u{200e}',
  'right-to-left override': '\u{202e}',
  'pop directional isolate': '\u{2069}',
  tag: '\u{e0041}',
  'no-break space': '\u{a0}',
  'ideographic space': '\u{3000}',
  'line separator': '\u{2028}',
  'a mark without a letter': '\u{301}',
  'musical blank': '\u{1d159}',
  'no character': '\u{ffff}',
  escape: '\u{1b}',
  'interlinear anchor': '\u{fff9}',
};

/** What people are called, in letters that need joiners, marks and selectors. */
const NAMES = [
  'Bar La Farola',
  'نمی‌خواهم',
  'क्‍ष',
  'ශ්‍රී ලංකා',
  'Zoë',
  '👩‍👩‍👧‍👦',
  '❤️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '⠓⠊',
  '한',
  '\u{1112}\u{1161}\u{11ab}',
  '☕',
  'ß',
  '…',
  '\u{e000}',
  '葛󠄀飾',
];

test('a name of letters that nobody sees is empty, however many and whichever they are', () => {
  const letters = Object.entries(NOTHING);
  for (const [what, letter] of letters) {
    expect(isVisible(letter), what).toBe(false);
    expect(line(100).safeParse(letter.repeat(5)).error?.issues, what).toMatchObject([{ code: 'too_small' }]);
    expect(plainLine(`${letter}x`), what).toContain('x');
  }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(NOTHING)), { maxLength: 20 }), (some) => {
      expect(plainLine(some.join(''))).toBe('');
    }),
  );
});

test('a name that needs joiners, marks and selectors keeps them', () => {
  for (const name of NAMES) {
    expect(isVisible(name), name).toBe(true);
    expect(line(100).parse(` \u{200b}${name}\u{3164} `)).toBe(name);
  }
});

test('no line turns round what follows it, or holds a control character or a second line', () => {
  expect(line(100).parse('gpj.\u{202e}exe\u{2066}')).toBe('gpj.exe');
  expect(line(100).parse('one\r\n\ttwo\u{2028}three\u{1b}[31m\u{7f}')).toBe('one two three[31m');
  expect(text(100).parse('one\r\n\ttwo\u{202e}\u{7}')).toBe('one\r\n\ttwo');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (written) => {
      const kept = plainLine(written);
      expect(plainLine(kept)).toBe(kept);
      expect(kept === '' || isVisible(kept)).toBe(true);
      expect(kept).not.toMatch(/[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u);
      expect(plainText(plainText(written))).toBe(plainText(written));
    }),
  );
});

test('a long one takes no longer than its letters', () => {
  const long = `x${' '.repeat(500_000)}x`;
  expect(plainLine(long)).toBe(long);
  expect(line(200).safeParse(long).error?.issues).toMatchObject([{ code: 'too_big', maximum: 200 }]);
});

test('what no database stores is refused, not mended', () => {
  for (const broken of ['a\0b', 'a\ud83d', '\ude00b']) {
    expect(storable(broken)).toBe(false);
    expect(line(100).safeParse(broken).success).toBe(false);
    expect(text(100).safeParse(broken).success).toBe(false);
  }
});

test('every name that people give goes by this rule', () => {
  const blank = '\u{200b}\u{2060}\u{3164}';
  const money = { amount: 1, currency: 'EUR' };
  const named = [
    [commands.create_client.input, { name: blank }],
    [commands.create_product.input, { sku: 'A', name: blank, unitPrice: money }],
    [commands.create_product.input, { sku: blank, name: 'A', unitPrice: money }],
    [commands.create_zone.input, { code: 'A1', name: blank }],
    [commands.update_company.input, { name: blank }],
    [commands.save_view.input, { page: 'orders', name: blank, search: '' }],
    [InvitationInput, { email: 'a@b.test', name: blank, role: 'viewer' }],
    [KeyInput, { name: blank, role: 'viewer' }],
  ] as const;
  for (const [schema, input] of named)
    expect(schema.safeParse(input).error?.issues, JSON.stringify(input)).toMatchObject([
      { code: 'too_small', minimum: 1 },
    ]);
});
