import type { Db } from '@lianzhen/db/client.ts';
import type { GivenFacility } from './callers.ts';
import type { Region } from './region.ts';
import { reportContent } from './report-content.ts';

/** The newest hour of the store; everything else lies ten minutes further back with each step. */
const newest = '2026-11-22T01:00:00Z';

export interface GrownStore {
  region: Region;
  /** Ask in turn, and by far the most. */
  townships: readonly GivenFacility[];
  ecgCentreId: string;
  agreementId: string;
  /** Where results go: of each township its inbox, and the county's own system. */
  inboxIds: readonly string[];
  systemId: string;
}

/** Ids in the order of time, one kind of thing beside the other. */
const makeId = `
  CREATE OR REPLACE FUNCTION grown_id(kind int, at int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT format('%s-0000-7000-8000-%s', lpad(to_hex(100000000 - at), 8, '0'), lpad(to_hex(kind), 12, '0'))::uuid $$`;

/**
 * Adds what a region did in the past: the requests `from` to `to`, counted back from the newest, each with its study,
 * its case, its signed result at two facilities, and their trail. Of the first forty some are open; all before are done.
 * With few exceptions: now and then a result nobody looked at, and each twentieth study had a question that was decided.
 */
export async function growStore(db: Db, store: GrownStore, from: number, to: number): Promise<void> {
  const { region, townships } = store;
  const [county, centre, doctor, reader] = [
    region.county.id,
    region.centre.id,
    region.doctor.accountId,
    region.attending.accountId,
  ];
  const content = JSON.stringify(reportContent());
  const houses = townships.map(({ id }) => id);
  const run = (sql: string) => db.$executeRawUnsafe(sql);
  const list = (ids: readonly string[]) => `(ARRAY['${ids.join("','")}']::uuid[])`;
  const house = `${list(houses)}[at % ${houses.length} + 1]`;
  const when = `(timestamptz '${newest}' - at * interval '10 minutes')`;
  const every = `FROM generate_series(${to}, ${from}, -1) AS at`;
  await run(makeId);
  // Below Prisma, whose transactions end after some seconds, whatever they do.
  const connection = await db.pool.connect();
  const add = (sql: string) => connection.query(sql);
  try {
    await add('BEGIN');
    // What is put in fits together: asking every key and numbering every entry would take most of the time.
    await add(`SET LOCAL session_replication_role = replica`);
    await add(`INSERT INTO "Patient" ("id", "name", "namePinyin", "nameInitials", "sex", "birthDate", "createdAt", "updatedAt")
      SELECT grown_id(1, at), '张' || chr(19968 + at % 20000), 'zhang', 'z', 'female', date '1950-01-01' + at % 20000, ${when}, ${when} ${every}`);
    await add(`INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
      SELECT grown_id(1, at), ${house}, 'registered' ${every} UNION ALL SELECT grown_id(1, at), '${county}', 'order' ${every}`);
    await add(`INSERT INTO "PatientIdentifier" ("id", "patientId", "type", "issuer", "value")
      SELECT grown_id(2, at), grown_id(1, at), 'mrn', 'T', to_char(at, 'FM00000000') ${every}`);
    await add(`INSERT INTO "Order" ("id", "number", "line", "patientId", "requestingFacilityId", "requesterId", "centreId", "agreementId",
        "state", "urgency", "purpose", "history", "diagnosisCode", "diagnosisText", "submittedAt")
      SELECT grown_id(3, at), 'T01' || to_char(${when}, 'YYYYMMDD') || '-' || to_char(at, 'FM000000'),
        CASE WHEN at % 4 = 0 THEN 'ecg' ELSE 'imaging' END, grown_id(1, at), ${house}, '${doctor}',
        CASE WHEN at % 4 = 0 THEN '${store.ecgCentreId}' ELSE '${centre}' END::uuid, '${store.agreementId}',
        CASE WHEN at <= 40 THEN 'submitted' ELSE 'completed' END, 'routine', '', '', '', '', ${when} ${every}`);
    await add(`INSERT INTO "OrderParty" ("orderId", "facilityId", "part")
      SELECT grown_id(3, at), ${house}, 'requester' ${every} UNION ALL SELECT grown_id(3, at), '${county}', 'centre' ${every}`);
    await add(`INSERT INTO "OrderExam" ("id", "orderId", "accessionNumber", "examCode", "examName", "modality", "bodyPart", "studyInstanceUid", "scheduledAt", "state")
      SELECT grown_id(4, at), grown_id(3, at), 'A' || to_char(at, 'FM00000000'), 'X', '胸部正位', CASE WHEN at % 4 = 0 THEN 'ECG' ELSE 'DX' END, 'CHEST',
        '1.2.3.' || at, ${when}, CASE WHEN at <= 10 THEN 'scheduled' ELSE 'acquired' END ${every}`);
    await add(`INSERT INTO "Case" ("id", "orderId", "centreId", "line", "state", "urgency", "submittedAt", "readyAt", "dueAt", "reportedAt", "deadlineMinutes", "readerId")
      SELECT grown_id(5, at), "id", "centreId", "line", CASE WHEN at <= 10 THEN 'waiting' WHEN at <= 30 THEN 'ready' WHEN at <= 40 THEN 'submitted' ELSE 'reported' END,
        'routine', ${when}, ${when}, ${when} + interval '30 days', CASE WHEN at > 40 THEN ${when} END, 60, CASE WHEN at > 30 THEN '${reader}'::uuid END
      ${every} JOIN "Order" o ON o."id" = grown_id(3, at)`);
    await add(
      `INSERT INTO "CaseEvent" ("id", "caseId", "kind", "at") SELECT grown_id(6, at), grown_id(5, at), 'claimed', ${when} ${every}`,
    );
    await add(`INSERT INTO "Report" ("id", "caseId", "state", "updatedAt")
      SELECT grown_id(7, at), grown_id(5, at), 'signed', ${when} ${every} WHERE at > 40`);
    await add(`INSERT INTO "ReportVersion" ("id", "reportId", "number", "kind", "content", "contentHash", "writerId", "signedAt")
      SELECT grown_id(8, at), grown_id(7, at), 1, 'final', '${content}'::jsonb, '', '${reader}', ${when} ${every} WHERE at > 40`);
    await add(`INSERT INTO "Document" ("id", "versionId", "form", "blob", "sha256", "size")
      SELECT grown_id(9, at), grown_id(8, at), 'fhir-bundle', '', '', 0 ${every} WHERE at > 40`);
    await add(`INSERT INTO "Delivery" ("id", "versionId", "facilityId", "destinationId", "part", "state", "acceptedAt", "readAt", "createdAt")
      SELECT grown_id(10, at), grown_id(8, at), ${house}, ${list(store.inboxIds)}[at % ${houses.length} + 1], 'requester', 'accepted', ${when},
        CASE WHEN at > 200 AND at % 500 > 0 THEN ${when} END, ${when} ${every} WHERE at > 40
      UNION ALL SELECT grown_id(11, at), grown_id(8, at), '${county}', '${store.systemId}', 'centre',
        CASE WHEN at BETWEEN 41 AND 50 THEN 'waiting' WHEN at BETWEEN 61 AND 70 THEN 'failed' WHEN at % 50 = 0 THEN 'superseded' ELSE 'accepted' END, ${when}, NULL, ${when}
      ${every} WHERE at > 40`);
    await add(`INSERT INTO "DeliveryAttempt" ("id", "deliveryId", "number", "startedAt")
      SELECT grown_id(12, at), grown_id(11, at), 1, ${when} ${every} WHERE at > 40`);
    await add(`INSERT INTO "Study" ("id", "studyInstanceUid", "facilityId", "state", "orderExamId", "patientId", "headerPatientId", "headerName",
        "accessionNumber", "studyDate", "modalities", "seriesCount", "instanceCount", "receivedAt", "lastInstanceAt", "settledAt")
      SELECT grown_id(13, at), '1.2.3.' || at, ${house}, CASE WHEN at % 10 = 1 THEN 'unmatched' ELSE 'matched' END, CASE WHEN at % 10 = 1 THEN NULL ELSE grown_id(4, at) END,
        CASE WHEN at % 10 = 1 THEN NULL ELSE grown_id(1, at) END, to_char(at, 'FM00000000'), jsonb_build_object('Ideographic', '张' || chr(19968 + at % 20000)),
        'A' || to_char(at, 'FM00000000'), to_char(${when}, 'YYYYMMDD'), ARRAY[CASE WHEN at % 4 = 0 THEN 'ECG' ELSE 'DX' END], 1, 1, ${when}, ${when}, ${when}
      ${every} WHERE at > 10`);
    await add(`INSERT INTO "Series" ("id", "seriesInstanceUid", "studyId", "modality", "instanceCount")
      SELECT grown_id(14, at), '1.2.3.' || at || '.1', grown_id(13, at), 'DX', 1 ${every} WHERE at > 10`);
    await add(`INSERT INTO "Instance" ("id", "sopInstanceUid", "studyInstanceUid", "seriesInstanceUid", "sopClassUid", "transferSyntaxUid", "facilityId",
        "door", "sha256", "size", "blob", "receivedAt", "indexedAt", "seriesId")
      SELECT grown_id(15, at), '1.2.3.' || at || '.1.1', '1.2.3.' || at, '1.2.3.' || at || '.1', '1.2', '1.2', ${house}, 'c-store', '', 1, '', ${when}, ${when}, grown_id(14, at)
      ${every} WHERE at > 10`);
    await add(`INSERT INTO "QuarantineItem" ("id", "kind", "facilityId", "studyInstanceUid", "studyId", "orderExamId", "state", "decidedAt", "createdAt")
      SELECT grown_id(16, at), 'demographics', ${house}, '1.2.3.' || at, grown_id(13, at), grown_id(4, at),
        CASE WHEN at <= 200 THEN 'open' ELSE 'accepted' END, ${when}, ${when} ${every} WHERE at > 10 AND at % 20 IN (0, 3)`);
    await add(`INSERT INTO "EcgTrace" ("id", "sopInstanceUid", "studyInstanceUid", "facilityId", "format", "state", "receivedAt", "readAt")
      SELECT grown_id(17, at), '1.2.3.' || at || '.1.1', '1.2.3.' || at, ${house}, 'dicom', 'read', ${when}, ${when} ${every} WHERE at > 10 AND at % 4 = 0`);
    await add(`INSERT INTO "EcgAlarm" ("id", "traceId", "centreId", "facilityId", "caseId", "state", "hits", "rules", "raisedAt", "dueAt", "closedAt", "noteReadAt", "noteReadByName")
      SELECT grown_id(18, at), grown_id(17, at), '${store.ecgCentreId}', ${house}, grown_id(5, at),
        CASE WHEN at <= 40 THEN 'raised' WHEN at % 40 = 0 THEN 'dismissed' ELSE 'closed' END, '[]', '{"code":"x","version":"1","source":"x","province":"x"}', ${when}, ${when},
        CASE WHEN at > 40 THEN ${when} END, CASE WHEN at > 40 AND at % 40 = 0 THEN ${when} END, CASE WHEN at > 40 AND at % 40 = 0 THEN '李医生' END
      ${every} WHERE at > 10 AND at % 20 = 0`);
    await add(`INSERT INTO "EcgAlarmHop" ("id", "alarmId", "number", "facilityId", "label", "why", "at")
      SELECT grown_id(19, at), grown_id(18, at), 1, '${county}', '', 'raised', ${when} ${every} WHERE at > 10 AND at % 20 = 0`);
    await add(`INSERT INTO "Consultation" ("id", "number", "patientId", "requestingFacilityId", "requesterId", "kind", "urgency", "state",
        "specialty", "title", "reason", "purpose", "summary", "isImmediate", "submittedAt", "closedAt", "opinionDueAt", "opinionRemindedAt", "scheduledAt")
      SELECT grown_id(20, at), 'HZ' || at, grown_id(1, at), ${house}, '${doctor}', 'expert', 'routine', CASE WHEN at <= 40 THEN 'submitted' WHEN at <= 400 THEN 'acknowledged' ELSE 'archived' END,
        'radiology', '', '', '', '', false, ${when}, CASE WHEN at > 40 THEN timestamptz '2026-11-21' END, ${when}, ${when}, ${when} ${every} WHERE at % 20 = 1`);
    await add(`INSERT INTO "ConsultationParty" ("consultationId", "facilityId", "part")
      SELECT grown_id(20, at), ${house}, 'requester' ${every} WHERE at % 20 = 1
      UNION ALL SELECT grown_id(20, at), '${region.paired.id}', 'invited' ${every} WHERE at % 20 = 1`);
    await add(`INSERT INTO "ConsultationInvitation" ("id", "consultationId", "facilityId", "expertId", "agreementId", "state", "invitedAt", "minutes", "dueAt", "answeredAt", "answeredById")
      SELECT grown_id(21, at), grown_id(20, at), '${region.paired.id}', '${region.expert.accountId}', '${store.agreementId}', CASE WHEN at <= 40 THEN 'waiting' ELSE 'accepted' END,
        ${when}, 60, ${when} + interval '30 days', CASE WHEN at > 40 THEN ${when} END, CASE WHEN at > 40 THEN '${region.expert.accountId}'::uuid END ${every} WHERE at % 20 = 1`);
    await add(`INSERT INTO "Report" ("id", "consultationId", "state", "updatedAt")
      SELECT grown_id(25, at), grown_id(20, at), 'signed', ${when} ${every} WHERE at > 40 AND at % 20 = 1`);
    await add(`INSERT INTO "ReportVersion" ("id", "reportId", "number", "kind", "content", "contentHash", "writerId", "signedAt")
      SELECT grown_id(26, at), grown_id(25, at), 1, 'final', '${content}'::jsonb, '', '${region.expert.accountId}', ${when} ${every} WHERE at > 40 AND at % 20 = 1`);
    await add(`INSERT INTO "Document" ("id", "versionId", "form", "blob", "sha256", "size")
      SELECT grown_id(27, at), grown_id(26, at), 'fhir-bundle', '', '', 0 ${every} WHERE at > 40 AND at % 20 = 1`);
    await add(`INSERT INTO "Delivery" ("id", "versionId", "facilityId", "destinationId", "part", "state", "acceptedAt", "readAt", "createdAt")
      SELECT grown_id(28, at), grown_id(26, at), ${house}, ${list(store.inboxIds)}[at % ${houses.length} + 1], 'requester', 'accepted', ${when}, ${when}, ${when} ${every} WHERE at > 40 AND at % 20 = 1`);
    await add(`INSERT INTO "AuditEntry" ("chain", "position", "id", "at", "action", "actorId", "actorName", "facilityId", "patientId", "objectType", "objectId", "detail", "previousHash", "hash")
      SELECT h::text, 1000000 - at, grown_id(22, at), ${when}, 'orders.orderSent', '${doctor}'::uuid, '李医生', h, grown_id(1, at), 'order', grown_id(3, at)::text, '{}'::json, '', ''
      FROM (SELECT at, ${house} AS h ${every}) AS sent
      UNION ALL SELECT '${county}', 1000000 - at, grown_id(23, at), ${when}, 'reporting.reportRead', '${reader}'::uuid, '赵主治', '${county}', grown_id(1, at), 'report', grown_id(7, at)::text, '{}', '', '' ${every}`);
    await add(`INSERT INTO "StreamEvent" ("stream", "position", "topic", "objectId", "revision", "at")
      SELECT '${county}', 1000000 - at, 'order', grown_id(3, at)::text, 1, ${when} ${every}`);
    await add(`INSERT INTO "DuplicateProposal" ("id", "firstId", "secondId", "score", "evidence", "state", "createdAt")
      SELECT grown_id(24, at), grown_id(1, at), grown_id(1, at - 1), 90, '[]', CASE WHEN at <= 200 THEN 'open' ELSE 'dismissed' END, ${when} ${every} WHERE at % 20 = 7`);
    await add('COMMIT');
  } finally {
    connection.release();
  }
}

/** The region, its `count` townships, and where results go; nothing has happened yet. */
export async function givenGrownStore(db: Db, region: Region, count = 7): Promise<GrownStore> {
  const others = Array.from({ length: count - 1 }, (_, at) => ({
    code: `G${at}`,
    name: `镇卫生院${at}`,
    level: 'township',
    kind: 'hospital',
  }));
  const townships = [region.township, ...(await db.facility.createManyAndReturn({ data: others }))];
  const inboxes = townships.map(({ id }) => ({ facilityId: id, kind: 'inbox', name: '收件箱' }));
  const inboxIds = (await db.destination.createManyAndReturn({ data: inboxes })).map(({ id }) => id);
  const system = { facilityId: region.county.id, kind: 'hl7-mllp', name: 'HIS', config: { host: 'his', port: 2575 } };
  const { id: systemId } = await db.destination.create({ data: system });
  const ecg = await db.centre.create({ data: { facilityId: region.county.id, line: 'ecg', name: '心电诊断中心' } });
  const reads = [region.attending, region.resident].map(({ accountId }) => ({ accountId, centreId: ecg.id }));
  await db.centreMember.createMany({ data: reads });
  const { id: agreementId } = await db.agreement.findFirstOrThrow();
  return { region, townships, ecgCentreId: ecg.id, agreementId, inboxIds, systemId };
}
