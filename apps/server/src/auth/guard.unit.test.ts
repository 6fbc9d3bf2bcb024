import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Backoff } from './backoff.ts';
import { KnownDevices } from './known-device.ts';
import { networkOf } from './network.ts';
import { weaknessOf } from './password-strength.ts';
import { isDirect, SetupLink } from './setup-link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an IPv6 line is one place, however many addresses it uses; an IPv4 address is one', () => {
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9');
  expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9');
  const line = networkOf('2001:db8:0:7::1');
  expect(line).toBe('2001:db8:0:7::/64');
  for (const same of [
    '2001:DB8:0:7:ffff:ffff:ffff:ffff',
    '2001:0db8:0000:0007::',
    '2001:db8:0:7::203.0.113.9',
  ])
    expect(networkOf(same), same).toBe(line);
  expect(networkOf('2001:db8:0:8::1')).not.toBe(line);
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  for (const none of [null, undefined, '', 'localhost', '1.2.3', '::g'])
    expect(networkOf(none)).toBe('unknown');
});

test('past the free tries the waits grow to a bound, hammering lengthens none, and of many at once only the free go', async () => {
  const backoff = new Backoff({ free: 3, first: 30, longest: 120, memory: 3600 });
  const goes = async (): Promise<boolean> =>
    backoff.begin('a').then(
      () => true,
      () => false,
    );
  const all = await Promise.all(Array.from({ length: 50 }, goes));
  // One more than the free: its wait begins then.
  expect(all.filter(Boolean)).toHaveLength(4);
  const waits: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    let waited = 0;
    while (!(await goes())) {
      vi.advanceTimersByTime(10_000);
      waited += 10;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([30, 60, 120, 120]);
  expect(await backoff.begin('b')).toBeUndefined();
  await backoff.forget('a');
  expect(await goes()).toBe(true);
});

test('a device is known to the accounts that were signed in to on it, and to no other', () => {
  const devices = new KnownDevices('a secret of the server', true);
  const set = devices.remember('Ada@desk.test', null);
  expect(set).toMatch(/^almenara\.known_\S+; Max-Age=\d+; Path=\S+; HttpOnly; SameSite=Strict; Secure$/);
  const cookie = set.split(';')[0] ?? '';
  const id = devices.find(`other=1; ${cookie}`, 'ada@desk.test');
  expect(id).toMatch(/^[\w-]{20}$/);
  expect(devices.remember('ada@desk.test', id)).toBe(set);
  const theirs = cookie.replace(/^[^=]+/, devices.remember('bob@desk.test', null).split('=')[0] ?? '');
  for (const [forged, email] of [
    [cookie, 'bob@desk.test'],
    [theirs, 'bob@desk.test'],
    [`${cookie}x`, 'ada@desk.test'],
    [cookie.replace('=', '=x'), 'ada@desk.test'],
    [cookie.split('.').slice(0, 2).join('.'), 'ada@desk.test'],
    ['', 'ada@desk.test'],
    ['=;;=.', 'ada@desk.test'],
  ] as const)
    expect(devices.find(forged, email), forged).toBeNull();
  expect(devices.find(undefined, 'ada@desk.test')).toBeNull();
  expect(new KnownDevices('another secret', true).find(cookie, 'ada@desk.test')).toBeNull();
});

test('the link is needed wherever others may reach the desk, and a proxy on this machine counts as others', () => {
  const local = { HOST: '127.0.0.1', TRUST_PROXY: 0, PUBLIC_URL: undefined };
  const open = [
    { ...local, HOST: '0.0.0.0' },
    { ...local, HOST: '::' },
    { ...local, HOST: '192.168.1.5' },
    { ...local, HOST: 'desk.internal' },
    { ...local, TRUST_PROXY: 1 },
    { ...local, PUBLIC_URL: 'https://desk.example' },
  ];
  for (const config of open) {
    const link = new SetupLink(config);
    for (const direct of [true, false]) {
      expect(link.isNeeded(direct)).toBe(true);
      for (const token of [undefined, '', 'x', `${link.token}x`])
        expect(link.admits(token, direct)).toBe(false);
      expect(link.admits(link.token, direct)).toBe(true);
    }
    link.use();
    expect(link.admits(link.token, true)).toBe(false);
  }
  for (const HOST of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) {
    const link = new SetupLink({ ...local, HOST, PUBLIC_URL: 'http://localhost:4000' });
    expect(link.admits(undefined, true)).toBe(true);
    expect(link.admits(undefined, false)).toBe(false);
  }
  expect(new SetupLink(local).token).not.toBe(new SetupLink(local).token);
  expect(isDirect({ host: 'localhost:4000' })).toBe(true);
  expect(isDirect({ host: '[::1]:4000' })).toBe(true);
  for (const headers of [
    {},
    { host: 'rebound.example:4000' },
    { host: '127.0.0.1.example' },
    { host: 'localhost', 'x-forwarded-for': '6.6.6.6' },
    { host: 'localhost', forwarded: 'for=6.6.6.6' },
    { host: 'localhost', via: '1.1 proxy' },
    { host: ' a b' },
  ])
    expect(isDirect(headers), JSON.stringify(headers)).toBe(false);
});

test('the commonest passwords are refused with what is wrong with them, in English and Spanish', async () => {
  const about = ['Ada Lovelace', 'ada@analytical.test', 'Analytical & Co'];
  const weak = [
    ['password12', 'common'],
    ['Password123!', 'common'],
    ['P@ssw0rd123', 'common'],
    ['1234567890', 'common'],
    ['qwertyuiop', 'common'],
    ['iloveyou12', 'common'],
    ['Pa$$w0rd!2024', 'common'],
    ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'pattern'],
    ['abcdefghij', 'pattern'],
    ['123123123123123', 'pattern'],
    ['lovelace1815', 'personal'],
    ['Analytical1!', 'personal'],
    ['Almenara2026', 'personal'],
    ['Ada Lovelace', 'personal'],
    ['adalovelace2026', 'personal'],
    ['Bienvenido1', 'name'],
    ['contraseña1', 'word'],
    ['mi contraseña', 'word'],
    ['Primavera2026', 'word'],
    ['Summer2025!', 'word'],
  ] as const;
  for (const [password, hint] of weak) expect(await weaknessOf(password, about), password).toBe(hint);
  const strong = [
    'a long password',
    'correct horse battery staple',
    'tres barcos en el muelle',
    'xkq7#mm2pLz',
    `${'1234567890'.repeat(3)} lo que sigue es nuevo y largo`,
    '🐌🦎🍋🪁🧭🎲🪴🧶🛶🪗',
  ];
  for (const password of strong) expect(await weaknessOf(password, about), password).toBeNull();
});
