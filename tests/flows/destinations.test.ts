import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { openDirectoryBlobs } from '@lianzhen/platform/blob-directory.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryHandlers } from '../../workers/delivery/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { type Caller, type HubRefusal, logIn } from '../factories/hub-client.ts';
import { password, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { givenDestination, givenReport, signVersion } from '../factories/signed-version.ts';
import { movableClock, runDueJobs, workerDeps } from '../factories/worker.ts';
import { startHl7Receiver } from '../sims/hl7-receiver.ts';

const { HUB_DESTINATION_HOSTS } = readConfig({
  DATABASE_URL: 'postgresql://unused',
  REDIS_URL: 'redis://unused',
  SESSION_KEY: 'x'.repeat(32),
  JOIN_TOKEN_KEY: 'x'.repeat(32),
  HUB_DESTINATION_HOSTS: 'his.hospital.invalid,10.20.0.0/16',
});
/** A store of patients, not of the demo: the operator's list is all there is. */
const production = { NODE_ENV: 'production', HUB_DEMO: false } as const;

const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis, { settings: { ...production, HUB_DESTINATION_HOSTS } });
const given = givenIn(database);
const folder = await mkdtemp(join(tmpdir(), 'destinations-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let region: Region;
let admin: Caller;
beforeAll(async () => {
  region = await given.region();
  const person = await someoneWithPassword(database, given, { facility: region.county, roles: ['facility-admin'] });
  admin = await logIn(edge.url, person.username, password);
});

const { createDestination, setDestination } = hubContract.delivery;
const create = (config: Record<string, unknown>, kind: 'fhir' | 'hl7-mllp' = 'hl7-mllp') =>
  admin.call(createDestination, { facilityId: region.county.id, kind, name: 'HIS', config });
const fieldOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'saved',
    (cause: HubRefusal) => (cause.details.fields as [{ field: string; expected: string }])[0],
  );

test('a destination on the list is saved, and another one names the setting', async () => {
  const expected = expect.stringContaining('HUB_DESTINATION_HOSTS');
  const saved = await create({ host: 'his.hospital.invalid', port: 2575 });
  await create({ baseUrl: 'https://10.20.3.4:8443/fhir' }, 'fhir');
  for (const host of ['127.0.0.1', 'localhost', '10.21.0.1', '169.254.169.254', '0x7f.1', '2130706433', '::1'])
    expect([host, await fieldOf(create({ host, port: 2575 }))]).toEqual([host, { field: 'config.host', expected }]);
  for (const host of ['[::1]', '[::ffff:169.254.169.254]', '2852039166', 'metadata.google.internal'])
    expect([host, await fieldOf(create({ baseUrl: `http://${host}/latest/` }, 'fhir'))]).toEqual([
      host,
      { field: 'config.baseUrl', expected },
    ]);
  const { id, revision, name } = saved;
  const moved = admin.call(setDestination, {
    id,
    revision,
    name,
    enabled: true,
    config: { host: '10.9.9.9', port: 1 },
  });
  expect(await fieldOf(moved)).toEqual({ field: 'config.host', expected });
  const kept = await database.db.destination.findUniqueOrThrow({ where: { id } });
  expect([kept.config, kept.revision]).toMatchObject([{ host: 'his.hospital.invalid' }, 1]);
});

test('one that was saved before the list says no is not connected to, and goes out once the list says yes', async () => {
  const receiver = await startHl7Receiver('accept');
  const clock = movableClock();
  const blobs = await openDirectoryBlobs(folder);
  const deps = (list: typeof HUB_DESTINATION_HOSTS) =>
    workerDeps(database.db, blobs, clock, { ...production, HUB_RETRY_BASE_MS: 1000, HUB_DESTINATION_HOSTS: list });
  const handlers = [...reportingHandlers, ...deliveryHandlers];
  const config = { host: '127.0.0.1', port: receiver.port, timeoutMs: 20_000 };
  const destination = await givenDestination(database.db, region.township, 'hl7-mllp', config);
  const version = await signVersion(database.db, await givenReport(database.db, region), [destination]);
  const id = version.deliveries[0]?.id ?? '';
  const state = () => database.db.delivery.findUniqueOrThrow({ where: { id } });
  await runDueJobs(deps(HUB_DESTINATION_HOSTS), handlers);
  expect(await state()).toMatchObject({
    state: 'waiting',
    attemptCount: 1,
    answer: expect.stringContaining('127.0.0.1; HUB_DESTINATION_HOSTS'),
  });
  expect(receiver.arrivals).toHaveLength(0);
  clock.advance(3_600_000);
  await runDueJobs(deps([{ kind: 'range', address: '127.0.0.1', prefix: 32, family: 'ipv4' }]), handlers);
  expect(await state()).toMatchObject({ state: 'accepted', answer: 'AA' });
  expect(receiver.arrivals).toHaveLength(1);
  await receiver.close();
});
