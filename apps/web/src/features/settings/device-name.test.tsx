import { expect, test } from 'vitest';
import { deviceName } from './device-name.ts';

test('browsers are told by what they are, not by what they claim to be compatible with', () => {
  const told = (agent: string) => {
    const name = deviceName(agent);
    return name.kind === 'browser' ? `${name.browser}, ${name.system}` : name;
  };
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  expect(told(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`)).toBe('Chrome, Windows');
  expect(told(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Edg/131.0.0.0`)).toBe('Edge, Windows');
  expect(told('Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0')).toBe(
    'Firefox, Linux',
  );
  expect(
    told(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari, iPhone');
  expect(told('curl/8.5.0')).toEqual({ kind: 'program', name: 'curl' });
  expect(deviceName(null)).toEqual({ kind: 'unknown' });
  expect(deviceName(' ')).toEqual({ kind: 'unknown' });
});
