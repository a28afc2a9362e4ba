import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import type { Deps } from '../../server/api/deps.ts';
import { registerSender } from '../../server/api/orders/hl7-senders.ts';
import { startMllp } from '../../server/api/orders/start-mllp.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type Hl7Changes, hl7Order } from '../factories/hl7-orders.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { fieldsOf, hl7Sender } from '../sims/hl7-sender.ts';

const database = withDatabase();
const given = givenIn(database);
const log = createLog('test', 'silent');
const life = new Lifecycle(log);
let region: Region;
let port: number;
beforeAll(async () => {
  region = await given.region();
  const { db } = database;
  const admin = ctxFor(await given.account({ facility: region.township, roles: ['facility-admin'] }));
  const names = { application: 'HIS', sendingFacility: region.township.code, addresses: ['127.0.0.1'] };
  await registerSender({ db }, admin, { ...names, facilityId: region.township.id });
  port = await freePort();
  const config = { HUB_MLLP_PORT: port, HUB_PLAIN_PORTS: true };
  await startMllp({ db, log, clock: movableClock(), config } as unknown as Deps, life);
});
afterAll(() => life.close());

/** MSA-1 and each ERR-2 of the answer. */
async function answerTo(changes: Hl7Changes): Promise<Array<string | undefined>> {
  const sender = await hl7Sender(port);
  onTestFinished(() => void sender.close());
  const answer = (await sender.send(hl7Order(region, 'NEW-1', changes)))?.toString() ?? '';
  return [fieldsOf(answer, 'MSA')[0]?.[1], ...fieldsOf(answer, 'ERR').map((fields) => fields[2])];
}

// AR would have the sender come again with the same message, and whatever waits behind it wait for ever.
test.each<[string, Hl7Changes, string]>([
  ['a control id', { controlId: 'A\u0000B' }, 'MSH^1^10'],
  ['an application', { application: 'N\u0000' }, 'MSH^1^3'],
  ['a facility', { facility: 'C\u0001' }, 'MSH^1^4'],
  ['a birth date', { segments: { PID: 'PID|1||NEW-1^^^HIS^MR||张^三||00000101|M' } }, ''],
])('%s that cannot be kept is to be mended', async (_what, changes, place) => {
  expect((await answerTo(changes)).slice(0, 2)).toEqual(['AE', place]);
});

test('a name that hides in control characters is on record all the same', async () => {
  await answerTo({ application: 'HIDDEN\u0000' });
  const names = async () =>
    (await database.db.auditEntry.findMany({ where: { action: 'orders.senderRefused' } })).map((one) => one.actorName);
  await expect.poll(names).toContain('HIDDEN\ufffd');
});
