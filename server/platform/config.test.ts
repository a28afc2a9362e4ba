import { describe, expect, test } from 'vitest';
import { Config, readConfig } from './config.ts';

const enough = {
  DATABASE_URL: 'postgresql://hub:secret@localhost/hub',
  REDIS_URL: 'redis://localhost',
  SESSION_KEY: 's'.repeat(32),
  JOIN_TOKEN_KEY: 'j'.repeat(32),
};
const messageOf = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment);
    return '';
  } catch (cause) {
    return (cause as Error).message;
  }
};

test('four settings are enough, and the doors are where they are said to be', () => {
  expect(readConfig(enough)).toMatchObject({
    NODE_ENV: 'production',
    HUB_HTTP_PORT: 8080,
    HUB_DIMSE_PORT: 11112,
    HUB_DIMSE_AET: 'LIANZHEN',
    HUB_MLLP_PORT: 2575,
    HUB_RTC_PORT: 44444,
    HUB_DEMO: false,
    HUB_TRUSTED_PROXIES: 0,
    HUB_DESTINATION_SECRETS: {},
  });
});

test('every problem is in one message', () => {
  const message = messageOf({
    HUB_HTTP_PORT: '70000',
    LOG_LEVEL: 'loud',
    HUB_DIMSE_AET: 'A'.repeat(17),
    S3_ENDPOINT: 'x',
  });
  for (const name of [...Object.keys(enough), 'HUB_HTTP_PORT', 'LOG_LEVEL', 'HUB_DIMSE_AET', 'S3_ENDPOINT'])
    expect(message).toContain(`${name}:`);
});

describe('a secret', () => {
  const secrets = ['SESSION_KEY', 'JOIN_TOKEN_KEY', 'DATABASE_URL'] as const;

  test.each(secrets)('%s has no preset', (name) => {
    const { [name]: _, ...without } = enough as Record<string, string>;
    expect(messageOf(without)).toContain(`${name}:`);
    expect(messageOf({ ...without, [name]: '' })).toContain(`${name}:`);
  });

  test('is long, and is not repeated where it is refused', () => {
    const message = messageOf({ ...enough, SESSION_KEY: 'short-and-secret', HUB_DESTINATION_SECRETS: '{"his": "hush' });
    expect(message).toContain('SESSION_KEY: at least 32 characters');
    expect(message).not.toContain('short-and-secret');
    expect(message).not.toContain('hush');
  });
});

test('a variable set to nothing is not set', () => {
  const config = readConfig({ ...enough, HUB_HTTP_PORT: '', S3_BUCKET: '', HUB_PUBLIC_URL: '', HUB_DEMO: '' });
  expect(config).toMatchObject({ HUB_HTTP_PORT: 8080, HUB_DEMO: false });
  expect(config.S3_BUCKET).toBeUndefined();
  expect(config.HUB_PUBLIC_URL).toBeUndefined();
});

test.each([
  ['HUB_HTTP_PORT', 'eighty'],
  ['HUB_HTTP_PORT', '8080.5'],
  ['HUB_HTTP_PORT', '-1'],
  ['DATABASE_POOL', '0'],
  ['HUB_DEMO', 'yes'],
  ['HUB_LEASE_SECONDS', 'Infinity'],
  ['HUB_TRUSTED_PROXIES', 'all'],
  ['HUB_DESTINATION_SECRETS', '[]'],
  ['HUB_DESTINATION_SECRETS', '{"a": 1}'],
  ['HUB_DIMSE_AET', 'TWO WORDS'],
])('%s is not %s', (name, value) => {
  expect(messageOf({ ...enough, [name]: value })).toContain(`${name}`);
});

test('flags and named secrets', () => {
  expect(readConfig({ ...enough, HUB_DEMO: '1' }).HUB_DEMO).toBe(true);
  expect(readConfig({ ...enough, HUB_DEMO: 'false' }).HUB_DEMO).toBe(false);
  const secrets = readConfig({ ...enough, HUB_DESTINATION_SECRETS: '{"C01-his": "token"}' }).HUB_DESTINATION_SECRETS;
  expect(secrets).toEqual({ 'C01-his': 'token' });
});

test('no preset is a secret', () => {
  for (const [name, schema] of Object.entries(Config.shape)) {
    if (!/KEY|SECRET|PASSWORD|TOKEN/.test(name) || name === 'HUB_DESTINATION_SECRETS') continue;
    expect([undefined, null]).toContain(schema.safeParse(undefined).data ?? undefined);
  }
});
