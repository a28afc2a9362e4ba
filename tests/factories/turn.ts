import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import { Supervisor } from '../../docker/local/supervisor.ts';
import { prepareTurn, type TurnServer } from '../../docker/local/turn.ts';

/** A TURN server for the test file that calls this at its top; the suite is skipped by name where there is none. */
export function withTurn(secret: string, address = '127.0.0.1') {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianzhen-turn-'));
  const supervisor = new Supervisor({ dataDir, logDir: join(dataDir, 'logs'), say: () => undefined });
  let server: TurnServer | undefined;
  beforeAll(async () => {
    chmodSync(dataDir, 0o700);
    mkdirSync(join(dataDir, 'run'));
    const from = await freePort();
    const first = Math.min(from, 65_000);
    const relayPorts = { from: first, to: first + 50 };
    server = await prepareTurn({ dir: join(dataDir, 'turn'), address, secret, relayPorts });
    if (server) await supervisor.start(server.spec);
  }, 60_000);
  afterAll(async () => {
    await supervisor.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
  return {
    get urls() {
      if (!server) throw new Error('there is no TURN server');
      return server.urls;
    },
    logFile: join(dataDir, 'logs', 'turn.log'),
  };
}
