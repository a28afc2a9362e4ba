import { beforeAll, describe, expect, test } from 'vitest';
import { readActions, recordRead } from '../../server/api/audit/record-read.ts';
import { listInbox } from '../../server/api/delivery/inbox.ts';
import { listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { listOrders } from '../../server/api/orders/list-orders.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { readPatient } from '../../server/api/patients/read-patient.ts';
import { searchPatients } from '../../server/api/patients/search-patients.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { releaseCase } from '../../server/api/worklist/release-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, type GivenAccount } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { opened, saved, signedReport, submitted } from '../factories/reading.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const count = (action: string, by: GivenAccount, objectId?: string) =>
  database.db.auditEntry.count({ where: { action, actorId: by.accountId, objectId } });
/** The same person at another machine. */
const elsewhere = (account: GivenAccount): GivenAccount => ({
  ...account,
  sessionHash: `${account.sessionHash}-other`,
});
const page = { page: 1, pageSize: 20 };
const queue = { ...page, q: '', sort: 'priority', direction: 'asc' } as const;

describe('a page that looks again', () => {
  test('is one entry for each thing it shows, and more for another person, session or thing', async () => {
    const caseId = await readyCase(deps, region);
    const other = await readyCase(deps, region);
    const look = (by: GivenAccount, id = caseId) => readCase(deps, ctxFor(by), { id });
    for (let time = 0; time < 4; time++) await look(region.resident);
    expect(await count('worklist.caseRead', region.resident, caseId)).toBe(1);
    await look(region.resident, other);
    expect(await count('worklist.caseRead', region.resident)).toBe(2);
    await look(elsewhere(region.resident));
    expect(await count('worklist.caseRead', region.resident, caseId)).toBe(2);
    await look(region.attending);
    expect(await count('worklist.caseRead', region.attending, caseId)).toBe(1);
  });

  test('is one entry also where its looks come all at once', async () => {
    const caseId = await readyCase(deps, region);
    await Promise.all(Array.from({ length: 6 }, () => readCase(deps, ctxFor(region.resident), { id: caseId })));
    expect(await count('worklist.caseRead', region.resident, caseId)).toBe(1);
  });

  test('is another look after a minute', async () => {
    const caseId = await readyCase(deps, region);
    const look = () => readCase(deps, ctxFor(region.resident), { id: caseId });
    await look();
    await database.db.$executeRaw`ALTER TABLE "AuditEntry" DISABLE TRIGGER audit_entry_append_only`;
    await database.db
      .$executeRaw`UPDATE "AuditEntry" SET "at" = "at" - interval '61 seconds' WHERE "objectId" = ${caseId}`;
    await database.db.$executeRaw`ALTER TABLE "AuditEntry" ENABLE TRIGGER audit_entry_append_only`;
    await look();
    await look();
    expect(await count('worklist.caseRead', region.resident, caseId)).toBe(2);
  });

  test('that was not answered is no look: the next one is written down', async () => {
    const objectId = crypto.randomUUID();
    const look = (fails: boolean) =>
      database.db.transaction(async (tx) => {
        await recordRead(tx, ctxFor(region.doctor), { action: 'orders.orderRead', objectId });
        if (fails) throw new Error('the answer failed');
      });
    await expect(look(true)).rejects.toThrow();
    await look(false);
    expect(await count('orders.orderRead', region.doctor, objectId)).toBe(1);
  });

  test('is coalesced in every word', async () => {
    const report = await signedReport(deps, region);
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id: report.caseId } });
    const doctor = ctxFor(elsewhere(region.doctor));
    const looks: Record<string, () => Promise<unknown>> = {
      'patients.patientRead': () => readPatient(deps, doctor, { id: region.patient.id }),
      'patients.patientsSearched': () => searchPatients(deps, doctor, { q: '', ...page }),
      'orders.orderRead': () => readOrder(deps, doctor, { id: orderId }),
      'orders.ordersListed': () => listOrders(deps, doctor, { q: '', ...page }),
      'reporting.reportRead': () => readReport(deps, doctor, { caseId: report.caseId }),
      'reporting.versionRead': () => readVersion(deps, doctor, { id: report.versions[0]?.id ?? '' }),
      'delivery.ledgerRead': () => listDeliveries(deps, doctor, { q: '', ...page }),
      'delivery.inboxRead': () => listInbox(deps, doctor, page),
    };
    for (const [action, look] of Object.entries(looks)) {
      const before = await count(action, region.doctor);
      for (let time = 0; time < 3; time++) await look();
      expect([action, (await count(action, region.doctor)) - before]).toEqual([action, 1]);
    }
  });
});

describe('what is never coalesced', () => {
  test('numbers that are uncovered, cases that are claimed and put back, texts that a reviewer mends', async () => {
    for (let time = 0; time < 2; time++)
      await readPatient(deps, ctxFor(region.doctor), { id: region.patient.id, reveal: true });
    expect(await count('patients.numbersRevealed', region.doctor)).toBe(2);
    const caseId = await readyCase(deps, region);
    for (let time = 0; time < 2; time++) {
      const { leaseToken } = await claimCase(deps, ctxFor(region.resident), { id: caseId });
      await releaseCase(deps, ctxFor(region.resident), { id: caseId, leaseToken });
    }
    expect(await count('worklist.caseClaimed', region.resident, caseId)).toBe(2);
    expect(await count('worklist.caseReleased', region.resident, caseId)).toBe(2);
    await submitted(deps, region.resident, caseId);
    const held = await opened(deps, region.attending, caseId);
    await saved(deps, region.attending, await saved(deps, region.attending, held));
    expect(await count('reporting.reportMended', region.attending, held.signing.id)).toBe(2);
  });

  test('anything but a look: only these can be passed over', () => {
    expect(readActions.filter((action) => !/^[a-z]+\.[a-zA-Z]+(Read|Listed|Searched)$/.test(action))).toEqual([]);
  });

  test('a list that shows something else', async () => {
    await listCases(deps, ctxFor(region.attending), queue);
    const before = await count('worklist.casesListed', region.attending);
    await listCases(deps, ctxFor(region.attending), queue);
    expect(await count('worklist.casesListed', region.attending)).toBe(before);
    await readyCase(deps, region);
    await listCases(deps, ctxFor(region.attending), queue);
    expect(await count('worklist.casesListed', region.attending)).toBe(before + 1);
  });
});
