import { expect, test } from 'vitest';
import { type Burst, hear, looksLikeCode } from './scan.ts';

/** Presses the keys with these pauses in ms, and says what codes were heard. */
function press(keys: readonly string[], pause: (i: number) => number): (string | null)[] {
  let burst: Burst | null = null;
  let at = 1000;
  const codes: (string | null)[] = [];
  keys.forEach((key, i) => {
    at += pause(i);
    const heard = hear(burst, key, at);
    burst = heard.burst;
    if (key === 'Enter') codes.push(heard.code);
  });
  return codes;
}
const typed = (code: string): string[] => [...code, 'Enter'];

test('a scanner is heard, also a slow or stumbling one, and two scans in a row are two', () => {
  expect(press(typed('8400000010013'), () => 3)).toEqual(['8400000010013']);
  expect(press(typed('8400000010013'), () => 40)).toEqual(['8400000010013']);
  expect(press(typed('8400000010013'), (i) => (i === 6 ? 95 : 12))).toEqual(['8400000010013']);
  expect(press([...typed('84000001'), ...typed('84000002')], () => 5)).toEqual(['84000001', '84000002']);
  expect(press(['Shift', 'O', 'Shift', 'I', 'L', '-', '5', 'Enter'], () => 8)).toEqual(['OIL-5']);
});

test('a person is not taken for one: typing fast, in bursts, or pressing Enter later', () => {
  expect(press(typed('arroz5kg'), () => 60)).toEqual([null]);
  expect(press(typed('8400000010013'), (i) => (i === 13 ? 300 : 10))).toEqual([null]);
  expect(press(typed('12'), () => 10)).toEqual([null]);
  expect(press(['8', '4', 'Backspace', '5', 'Enter'], () => 10)).toEqual([null]);
});

test('what was typed before a pause is no part of the scan', () => {
  expect(press(['4', ...typed('84000001')], (i) => (i === 1 ? 500 : 5))).toEqual(['84000001']);
});

test('only what can be a code is taken for one away from the product field', () => {
  expect(['8400000010013', 'OIL-500', 'farola', 'mira 12', '12'].map(looksLikeCode)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
