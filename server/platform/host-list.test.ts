import { expect, test } from 'vitest';
import { holdsAddress, namesHost, parseHostEntry, plainHost } from './host-list.ts';

const entries = (text: string) => text.split(' ').flatMap((one) => parseHostEntry(one) ?? []);

test.each([
  ['his.c01.example', { kind: 'name', name: 'his.c01.example' }],
  ['HIS', { kind: 'name', name: 'his' }],
  ['*.Example.cn.', { kind: 'below', name: 'example.cn' }],
  ['10.1.2.3', { kind: 'range', address: '10.1.2.3', prefix: 32, family: 'ipv4' }],
  ['10.0.0.0/8', { kind: 'range', address: '10.0.0.0', prefix: 8, family: 'ipv4' }],
  ['fd00::/8', { kind: 'range', address: 'fd00::', prefix: 8, family: 'ipv6' }],
  ['[fd00::1]', { kind: 'range', address: 'fd00::1', prefix: 128, family: 'ipv6' }],
])('%s is an entry', (text, entry) => {
  expect(parseHostEntry(text)).toEqual(entry);
});

test.each(
  [
    '',
    '*',
    '*.',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0/8',
    '10.0.0',
    '2130706433',
    'a b',
    'http://his',
  ].concat(['his/8', 'his:2575', '-his', 'a..b', 'x'.repeat(300)]),
)('"%s" is none', (text) => {
  expect(parseHostEntry(text)).toBeUndefined();
});

test('a name is itself, and what is below a name does not hold the name', () => {
  const list = entries('his.example *.hospital.cn');
  expect(['his.example', 'pacs.hospital.cn', 'a.b.hospital.cn'].map((host) => namesHost(list, host))).toEqual([
    true,
    true,
    true,
  ]);
  for (const host of ['x.his.example', 'hospital.cn', 'evilhospital.cn', 'his.example.evil.cn'])
    expect(namesHost(list, host)).toBe(false);
});

test('an address in the clothes of IPv6 is what it is', () => {
  const list = entries('10.20.0.0/16 fd00::/8');
  for (const address of ['10.20.255.1', '::ffff:10.20.0.1', '::ffff:a14:1', 'fd12::1'])
    expect([address, holdsAddress(list, address)]).toEqual([address, true]);
  for (const address of ['10.21.0.1', '::ffff:10.21.0.1', 'fe80::1', '::1'])
    expect([address, holdsAddress(list, address)]).toEqual([address, false]);
  expect(plainHost('[FE80::1%eth0]')).toBe('fe80::1');
});
