import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { mayReachHost, outboundRule, reachableAddresses } from './outbound.ts';

const enough = {
  DATABASE_URL: 'postgresql://hub@localhost/hub',
  REDIS_URL: 'redis://localhost',
  SESSION_KEY: 's'.repeat(32),
  JOIN_TOKEN_KEY: 'j'.repeat(32),
};
const rule = (environment: Record<string, string> = {}) => outboundRule(readConfig({ ...enough, ...environment }));
const closed = rule();
const listed = rule({ HUB_DESTINATION_HOSTS: 'his.c01.example, *.hospital.cn 10.20.0.0/16' });
const open = rule({ HUB_DEMO: '1' });

/** A resolver that knows these names. */
const known =
  (names: Record<string, string[]>) =>
  async (host: string): Promise<{ address: string; family: number }[]> => {
    const found = names[host];
    if (!found) throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
const names = known({
  'his.c01.example': ['203.0.113.7'],
  'pacs.hospital.cn': ['198.51.100.2', '2001:db8::2'],
  inside: ['10.20.3.4'],
  half: ['10.20.3.4', '203.0.113.9'],
  outside: ['203.0.113.9'],
  metadata: ['169.254.169.254'],
  'rebound.hospital.cn': ['127.0.0.1'],
  'linked.hospital.cn': ['fe80::1'],
  localhost: ['127.0.0.1', '::1'],
  // What a resolver of the system makes of it.
  '2130706433': ['127.0.0.1'],
});
const refused = 'refused';
const connects = (on: typeof closed, host: string) =>
  reachableAddresses(on, host, names).then(
    (found) => found?.map(({ address }) => address) ?? refused,
    (cause: { code: string }) => cause.code,
  );
const saves = (on: typeof closed, host: string) => mayReachHost(on, host, names);

describe('in production', () => {
  test.each(['127.0.0.1', '10.20.1.1', 'his.c01.example', 'localhost', '[::1]', 'outside'])(
    'without a list nothing is reached: %s',
    async (host) => {
      expect([await connects(closed, host), await saves(closed, host)]).toEqual([refused, false]);
    },
  );

  test('what is on the list is reached, by name or by address', async () => {
    expect(await connects(listed, 'HIS.c01.example.')).toEqual(['203.0.113.7']);
    expect(await connects(listed, 'pacs.hospital.cn')).toEqual(['198.51.100.2', '2001:db8::2']);
    expect(await connects(listed, 'inside')).toEqual(['10.20.3.4']);
    expect(await connects(listed, '10.20.9.9')).toEqual(['10.20.9.9']);
    for (const host of ['his.c01.example', 'inside', '10.20.9.9']) expect(await saves(listed, host)).toBe(true);
  });

  test.each(['outside', 'half', 'metadata', '203.0.113.9', '127.0.0.1', '::ffff:127.0.0.1', '2130706433', 'localhost'])(
    'the rest is not: %s',
    async (host) => {
      expect([await connects(listed, host), await saves(listed, host)]).toEqual([refused, false]);
    },
  );

  test('a listed name that leads to this machine or to the link is refused when it is connected to', async () => {
    for (const host of ['rebound.hospital.cn', 'linked.hospital.cn'])
      expect(await connects(listed, host)).toBe(refused);
    const own = rule({ HUB_DESTINATION_HOSTS: 'localhost,127.0.0.2' });
    expect(await connects(own, 'localhost')).toEqual(['127.0.0.1', '::1']);
    expect(await connects(own, '127.0.0.2')).toEqual(['127.0.0.2']);
    expect(await connects(own, '127.0.0.1')).toBe(refused);
  });

  test('a name that nobody resolves yet may be saved where its name is on the list', async () => {
    expect(await saves(listed, 'new.hospital.cn')).toBe(true);
    expect(await saves(listed, 'new.elsewhere.cn')).toBe(false);
    expect(await connects(listed, 'new.hospital.cn')).toBe('ENOTFOUND');
  });
});

describe('on one machine', () => {
  test.each(['127.0.0.1', 'localhost', 'outside', 'inside', 'fd12::1'])('%s is reached', async (host) => {
    expect(await connects(open, host)).not.toBe(refused);
    expect(await saves(open, host)).toBe(true);
  });

  test.each(
    ['169.254.169.254', 'metadata', 'fe80::1', '[FE80::1%eth0]', '::ffff:169.254.169.254', '0.0.0.0', '::'].concat([
      '100.100.100.200',
      'fd00:ec2::254',
      '224.0.0.1',
      '255.255.255.255',
      '64:ff9b::a9fe:a9fe',
    ]),
  )('%s is not, whatever the list says', async (host) => {
    expect([await connects(open, host), await saves(open, host)]).toEqual([refused, false]);
    const all = rule({ HUB_DESTINATION_HOSTS: '0.0.0.0/0,::/0,metadata', HUB_DEMO: '1' });
    expect(await connects(all, host)).toBe(refused);
  });

  test('a list that is set counts here too', async () => {
    const demo = rule({ HUB_DEMO: '1', HUB_DESTINATION_HOSTS: '10.20.0.0/16' });
    expect(await connects(demo, 'outside')).toBe(refused);
    expect(rule({ NODE_ENV: 'development' }).isOpen).toBe(true);
  });
});

test('an entry that is none stops the process, with its name', () => {
  expect(() => rule({ HUB_DESTINATION_HOSTS: 'his.example,10.0.0.0/40' })).toThrow(
    /HUB_DESTINATION_HOSTS: .*10\.0\.0\.0\/40/,
  );
});
