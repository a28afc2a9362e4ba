import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { linkRepeat } from '../../server/api/ecg/link-repeat.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { ctxFor, type GivenAccount, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
const given = givenIn(database);
const page = { page: 1, pageSize: 100 };
let region: EcgRegion;
let device: Actor;
let technician: GivenAccount;
beforeAll(async () => {
  region = await ecgRegion(database);
  device = machineOf(region.township, ['studies:send']);
  technician = await given.account({ facility: region.township, roles: ['technician'], name: '王技师' });
});
const deps = () => edge.apiDeps();
/** Two good recordings of one request: of such the hub does not say by itself that the one repeats the other. */
async function twoRecordings(): Promise<[string, string]> {
  const { order } = await orderedEcg(database, edge, region);
  const send = async () => (await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`)).body.id;
  const first = await send();
  edge.clock.advance(60_000);
  const second = await send();
  await edge.settle();
  return [first, second];
}

test('a technician links a repeat among the recordings that the page offers him; both say so, and so does the trail', async () => {
  const [first, second] = await twoRecordings();
  const row = await readTrace(deps(), ctxFor(technician), { id: second });
  expect(row.replacesTraceId).toBeNull();
  const { rows } = await listTraces(deps(), ctxFor(technician), { ...page, patientId: row.patientId ?? '' });
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([first, second]));
  expect(new Set(rows.map(({ patientId }) => patientId))).toEqual(new Set([region.patient.id]));
  await linkRepeat(deps(), ctxFor(technician), { id: second, traceId: first });
  // Said twice it is said once.
  await linkRepeat(deps(), ctxFor(technician), { id: second, traceId: first });
  const read = (id: string) => readTrace(deps(), ctxFor(region.reader), { id });
  expect(await read(first)).toMatchObject({ replacedByTraceId: second, replacesTraceId: null });
  expect(await read(second)).toMatchObject({ replacedByTraceId: null, replacesTraceId: first });
  const trail = await database.db.auditEntry.findMany({ where: { action: 'ecg.repeatLinked', objectId: second } });
  expect(trail).toMatchObject([
    { actorId: technician.accountId, patientId: region.patient.id, detail: { traceId: first } },
  ]);
});

test('a recording of somebody else is neither offered nor linked, and a stranger links nothing', async () => {
  // Of two requests: their recordings are of two studies.
  const [[first], [, second]] = [await twoRecordings(), await twoRecordings()];
  const other = await given.patient({ facility: region.township, name: '李四' });
  const { studyInstanceUid } = await database.db.ecgTrace.findUniqueOrThrow({ where: { id: first } });
  await database.db.study.update({ where: { studyInstanceUid }, data: { patientId: other.id } });
  const { rows } = await listTraces(deps(), ctxFor(technician), { ...page, patientId: region.patient.id });
  expect(rows.map(({ id }) => id)).not.toContain(first);
  expect(await refusalOf(linkRepeat(deps(), ctxFor(technician), { id: second, traceId: first }))).toMatchObject({
    ...{ code: 'bad-input', details: { fields: [{ field: 'traceId' }] } },
  });
  for (const actor of [region.strangerReader, region.outsider])
    expect(await refusalOf(linkRepeat(deps(), ctxFor(actor), { id: second, traceId: first }))).toMatchObject({
      code: 'not-found',
    });
  const regulator = await given.account({ facility: region.county, roles: ['facility-admin', 'auditor'] });
  expect(await refusalOf(linkRepeat(deps(), ctxFor(regulator), { id: second, traceId: first }))).toMatchObject({
    code: 'forbidden',
  });
  expect((await database.db.ecgTrace.findUniqueOrThrow({ where: { id: second } })).replacesId).toBeNull();
});
