import { expect, test } from 'vitest';
import { isAmong } from './find-sender.ts';

test('an address is one of those allowed, or of their networks', () => {
  const allowed = ['10.1.2.3', '192.168.0.0/16', '::1', 'fd00::/8'];
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.168.9.9', '::1', 'fd12::5', 'fd12::5%eth0'])
    expect([address, isAmong(address, allowed)]).toEqual([address, true]);
  for (const address of ['10.1.2.4', '192.169.0.1', '::2', '', 'localhost', '10.1.2.3/8'])
    expect([address, isAmong(address, allowed)]).toEqual([address, false]);
});

test('nobody is allowed where nothing is', () => {
  expect(isAmong('127.0.0.1', [])).toBe(false);
  expect(isAmong('127.0.0.1', ['everywhere'])).toBe(false);
});
