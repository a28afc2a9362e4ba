import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDb } from '@lianzhen/db/client.ts';
import { startHub } from '../../docker/local/hub.ts';
import { ensureDatabase } from '../../docker/local/postgres.ts';
import { startPrivatePostgres } from '../../docker/local/private-postgres.ts';
import { roleSpecs } from '../../docker/local/roles.ts';
import { logIn } from '../factories/hub-client.ts';
import { startOrthancServer } from '../factories/orthanc-server.ts';
import { parentOf } from './usage.ts';

export const systemNames = ['hub', 'orthanc', 'orthanc-pg'] as const;
export type SystemName = (typeof systemNames)[number];
export const doorNames = ['c-store', 'stow-rs'] as const;
export type DoorName = (typeof doorNames)[number];

/** Something that takes in images and gives them back, with an empty store of its own. */
export interface System {
  name: SystemName;
  dimse: { port: number; aeTitle: string; callingAeTitle: string };
  /** Of its DICOMweb service. */
  webUrl: string;
  /** How a sender, and how a reader says who he is. */
  sendAs: Record<string, string>;
  readAs: Record<string, string>;
  /** All of its processes, but for their children. */
  pids(): number[];
  /** The process behind a door. */
  doorPid(door: DoorName): number;
  /** Resolves when so many instances can be found and read. */
  untilIndexed(count: number): Promise<void>;
  stop(): Promise<void>;
}

export const start = (name: SystemName, profileFolder?: string): Promise<System> =>
  name === 'hub' ? startOwn(profileFolder) : startTheirs(name);

/** @param profileFolder where each role leaves what it spent its time on */
async function startOwn(profileFolder?: string): Promise<System> {
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const dataDir = mkdtempSync(join(tmpdir(), 'lianzhen-bench-'));
  const hub = await startHub({
    dataDir,
    demo: true,
    roles: (env) => roleSpecs(env).map((spec) => ({ ...spec, args: [...profile, ...spec.args] })),
  });
  const db = connectDb(hub.databaseUrl, 2);
  const reader = await logIn(hub.url, 'tech01');
  return {
    name: 'hub',
    dimse: { port: hub.ports.dimse, aeTitle: 'LIANZHEN', callingAeTitle: 'T01_DR' },
    webUrl: `${hub.url}/dicomweb`,
    sendAs: { authorization: 'Bearer demo-device-T01' },
    readAs: reader.headers,
    pids: () => Object.values(hub.pids),
    doorPid: (door) => hub.pids[door === 'c-store' ? 'dimse' : 'http'] ?? 0,
    untilIndexed: async (count) => {
      while ((await db.instance.count({ where: { indexedAt: { not: null } } })) < count) await wait(50);
    },
    stop: async () => {
      await db.close();
      await hub.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startTheirs(name: 'orthanc' | 'orthanc-pg'): Promise<System> {
  const postgres = name === 'orthanc-pg' ? await privateDatabase() : undefined;
  const server = await startOrthancServer({}, postgres?.url);
  return {
    name,
    dimse: { port: server.dicomPort, aeTitle: server.aeTitle, callingAeTitle: 'T01_DR' },
    webUrl: `${server.url}/dicom-web`,
    sendAs: {},
    readAs: {},
    pids: () => [server.pid, ...(postgres ? [postgres.pid] : [])],
    doorPid: () => server.pid,
    untilIndexed: async (count) => {
      const answer = await fetch(`${server.url}/statistics`);
      const { CountInstances } = (await answer.json()) as { CountInstances: number };
      if (CountInstances < count) throw new Error(`${name} has ${CountInstances} of ${count} instances`);
    },
    stop: async () => {
      await server.stop();
      await postgres?.stop();
    },
  };
}

/** A PostgreSQL set up as the hub's own: durable. */
async function privateDatabase() {
  const server = await startPrivatePostgres({ isDurable: true });
  const url = server.url('orthanc');
  await ensureDatabase(url);
  const db = connectDb(url, 1);
  const { rows } = await db.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = parentOf(rows[0]?.pid ?? 0);
  await db.close();
  return { url, pid, stop: () => server.stop() };
}
