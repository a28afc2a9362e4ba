import { mostAhead } from '@lianzhen/contracts/fields.ts';
import { beforeAll, expect, test } from 'vitest';
import { listConsultations } from '../../server/api/consultation/list-consultations.ts';
import { listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { listOrders } from '../../server/api/orders/list-orders.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { reportContent } from '../factories/report-content.ts';
import { wholeReads } from '../factories/whole-reads.ts';

const many = 20_000;
// One connection: what it counted is what was asked here.
const database = withDatabase(1);
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
  clock: movableClock(),
};
let region: Region;

/** For each of many patients an order, its delivered result and a consultation, all of one township. */
beforeAll(async () => {
  const { db } = database;
  region = await given.region();
  const inbox = await given.inbox(region.township);
  const { id: agreementId } = await db.agreement.findFirstOrThrow();
  const [township, centre, doctor] = [region.township.id, region.centre.id, region.doctor.accountId];
  await db.$executeRaw`
    INSERT INTO "Patient" ("id", "name", "namePinyin", "nameInitials", "sex", "updatedAt")
    SELECT md5('patient' || at)::uuid, '张' || chr(19968 + at), 'zhang' || translate(at::text, '0123456789', 'abcdefghij'), 'z', 'female', now() FROM generate_series(1, ${many}) AS at`;
  await db.$executeRaw`
    INSERT INTO "Order" ("id", "number", "line", "patientId", "requestingFacilityId", "centreId", "agreementId", "urgency",
      "purpose", "history", "diagnosisCode", "diagnosisText")
    SELECT md5('order' || at)::uuid, 'T0120261122-' || to_char(at, 'FM000000'), 'imaging', md5('patient' || at)::uuid,
      ${township}::uuid, ${centre}::uuid, ${agreementId}::uuid, 'routine', '', '', '', ''
    FROM generate_series(1, ${many}) AS at`;
  await db.$executeRaw`
    INSERT INTO "OrderParty" ("orderId", "facilityId", "part") SELECT "id", "requestingFacilityId", 'requester' FROM "Order"`;
  await db.$executeRaw`
    INSERT INTO "Case" ("id", "orderId", "centreId", "line", "urgency", "deadlineMinutes")
    SELECT gen_random_uuid(), "id", "centreId", 'imaging', 'routine', 60 FROM "Order"`;
  await db.$executeRaw`
    INSERT INTO "Report" ("id", "caseId", "state", "updatedAt") SELECT gen_random_uuid(), "id", 'signed', now() FROM "Case"`;
  await db.$executeRaw`
    INSERT INTO "ReportVersion" ("id", "reportId", "number", "kind", "content", "contentHash", "writerId", "signedAt")
    SELECT gen_random_uuid(), "id", 1, 'final', ${JSON.stringify(reportContent())}::jsonb,
      '', ${doctor}::uuid, now()
    FROM "Report"`;
  await db.$executeRaw`
    INSERT INTO "Delivery" ("id", "versionId", "facilityId", "destinationId", "part", "state")
    SELECT gen_random_uuid(), "id", ${township}::uuid, ${inbox.id}::uuid, 'requester', 'accepted' FROM "ReportVersion"`;
  await db.$executeRaw`
    INSERT INTO "Consultation" ("id", "number", "patientId", "requestingFacilityId", "requesterId", "kind", "urgency",
      "specialty", "title", "reason", "purpose", "summary", "isImmediate", "submittedAt")
    SELECT "id", 'HZ' || "number", "patientId", "requestingFacilityId", ${doctor}::uuid, 'expert', 'routine', 'radiology', '',
      '', '', '', false, now() FROM "Order"`;
  await db.$executeRaw`
    INSERT INTO "ConsultationParty" ("consultationId", "facilityId", "part")
    SELECT "id", "requestingFacilityId", 'requester' FROM "Consultation"`;
  await db.$executeRaw`ANALYZE`;
}, 120_000);

const page = { page: 1, pageSize: 50 };
/** Who finds more is told that there are more. */
const counted = page.pageSize + mostAhead;
const found = async (q: string) => {
  const ctx = ctxFor(region.doctor);
  const orders = await listOrders(deps, ctx, { ...page, q });
  const results = await listDeliveries(deps, ctx, { ...page, q });
  const consultations = await listConsultations(deps, ctx, { ...page, q, box: 'all' });
  return [orders.total, results.total, consultations.total];
};
const readWhole = () =>
  wholeReads(database.db, ['Patient', 'Order', 'Case', 'Report', 'ReportVersion', 'Delivery', 'Consultation']);

test('what belongs to one name is found without reading a table from end to end', async () => {
  const name = `张${String.fromCodePoint(19968 + 7)}`;
  await found(name);
  const before = await readWhole();
  expect(await found(name)).toEqual([1, 1, 1]);
  expect(await readWhole()).toBe(before);
});

test('an order’s whole number is found by its index, a part of one by reading the numbers', async () => {
  const orders = async (q: string) => (await listOrders(deps, ctxFor(region.doctor), { ...page, q })).total;
  await orders('T0120261122-000007');
  const before = await readWhole();
  expect(await orders('t0120261122-000007')).toBe(1);
  expect(await readWhole()).toBe(before);
  expect(await orders('2-000007')).toBe(1);
});

test('every list finds by name, pinyin and number, and by a name that more than a thousand have', async () => {
  expect(await found('Zhang bjjjj')).toEqual([1, 1, 1]);
  expect(await found('zhang')).toEqual([counted, counted, counted]);
  expect(await found('122-000007')).toEqual([1, 1, 1]);
  expect(await found('t0120261122')).toEqual([counted, counted, counted]);
  expect(await found('没有这个人')).toEqual([0, 0, 0]);
});
