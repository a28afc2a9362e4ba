import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  SESSION_KEY: string;
  JOIN_TOKEN_KEY: string;
  postgresPassword: string;
  redisPassword: string;
  turnSecret: string;
}

const names = ['SESSION_KEY', 'JOIN_TOKEN_KEY', 'postgresPassword', 'redisPassword', 'turnSecret'] as const;

/**
 * The secrets of a data folder: made once, readable by their owner alone, 256 bits each.
 * Sessions and the embedded stores go on working after a restart because they stay the same.
 */
export function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const known: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const fresh = () => randomBytes(32).toString('base64url');
  const secrets = Object.fromEntries(names.map((name) => [name, known[name] ?? fresh()])) as Record<
    (typeof names)[number],
    string
  >;
  if (names.some((name) => known[name] === undefined)) {
    writeFileSync(`${file}.part`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }
  chmodSync(file, 0o600);
  return secrets;
}
