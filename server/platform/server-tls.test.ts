import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { serverTls } from './server-tls.ts';

const folder = mkdtempSync(join(tmpdir(), 'server-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const enough = {
  DATABASE_URL: 'postgresql://hub:secret@localhost/hub',
  REDIS_URL: 'redis://localhost',
  SESSION_KEY: 's'.repeat(32),
  JOIN_TOKEN_KEY: 'j'.repeat(32),
};
const problems = (environment: Record<string, string>): string[] => {
  try {
    readConfig({ ...enough, ...environment });
    return [];
  } catch (cause) {
    return [...(cause as Error).message.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1] ?? '');
  }
};
const files = { HUB_TLS_KEY_FILE: 'key.pem', HUB_TLS_CERT_FILE: 'cert.pem' };

test('a port over TLS needs its files, and an authority unless callers come without certificates', () => {
  expect(problems({ HUB_DIMSE_TLS_PORT: '2762' })).toEqual([
    'HUB_TLS_KEY_FILE',
    'HUB_TLS_CERT_FILE',
    'HUB_TLS_CA_FILE',
  ]);
  expect(problems({ HUB_MLLP_TLS_PORT: '2576', ...files })).toEqual(['HUB_TLS_CA_FILE']);
  expect(problems({ HUB_MLLP_TLS_PORT: '2576', ...files, HUB_TLS_CLIENT_CERTS: 'none' })).toEqual([]);
  expect(problems({ HUB_MLLP_TLS_PORT: '2576', ...files, HUB_TLS_CA_FILE: 'ca.pem' })).toEqual([]);
});

test('the plain ports close only where there are others', () => {
  expect(problems({ HUB_PLAIN_PORTS: '0' })).toEqual(['HUB_DIMSE_TLS_PORT', 'HUB_MLLP_TLS_PORT']);
  expect(problems({})).toEqual([]);
  expect(readConfig(enough)).toMatchObject({ HUB_PLAIN_PORTS: true, HUB_TLS_CLIENT_CERTS: 'required' });
  expect(readConfig(enough).HUB_DIMSE_TLS_PORT).toBeUndefined();
});

test('a file that is not there or holds nothing of use is named by its setting', () => {
  const empty = join(folder, 'empty.pem');
  writeFileSync(empty, 'no certificate');
  const with_ = (key: string, cert: string) =>
    serverTls({
      HUB_TLS_CLIENT_CERTS: 'none',
      HUB_TLS_KEY_FILE: key,
      HUB_TLS_CERT_FILE: cert,
      HUB_TLS_CA_FILE: undefined,
    });
  expect(() => with_(join(folder, 'missing.pem'), empty)).toThrow(/^HUB_TLS_KEY_FILE: ENOENT/);
  expect(() => with_(empty, join(folder, 'missing.pem'))).toThrow(/^HUB_TLS_CERT_FILE: ENOENT/);
  expect(() => with_(empty, empty)).toThrow(/HUB_TLS_KEY_FILE, HUB_TLS_CERT_FILE/);
});
