import { randomUUID } from 'node:crypto';
import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDraft, listDrafts } from '../../server/api/orders/order-drafts.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { sendOrder } from '../../server/api/orders/send-order.ts';
import { askedFor, deskDeps, orderBody } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const doctor = () => ctxFor(region.doctor);
const send = (changes: Partial<OrderBody> = {}) => askedFor(deps, region, changes);

describe('sending', () => {
  test('an order has its numbers, its parties and its place in the queue', async () => {
    const order = await send({
      exams: [chest(), { examCode: region.hand.code, laterality: 'left' }],
      urgency: 'urgent',
    });
    expect(order.number).toMatch(new RegExp(`^${region.township.code}20261122-\\d{4}$`));
    expect(order.exams.map(({ accessionNumber }) => accessionNumber.replace(/\d/g, ''))).toEqual(['A', 'B']);
    expect(order.exams.every(({ accessionNumber }) => accessionNumber.length <= 16)).toBe(true);
    expect(order.progress).toMatchObject({ step: 'waiting-for-images', waitsFor: 'images', dueAt: null });
    const row = await database.db.order.findUniqueOrThrow({
      where: { id: order.id },
      include: { exams: true, parties: true, case: true },
    });
    expect(row.exams.every(({ studyInstanceUid }) => /^2\.25\.\d{30,39}$/.test(studyInstanceUid))).toBe(true);
    expect(row.case).toMatchObject({ state: 'waiting', rank: 1, deadlineMinutes: 60 });
    expect(row.parties.map(({ facilityId, part }) => [part, facilityId]).sort()).toEqual([
      ['centre', region.county.id],
      ['requester', region.township.id],
      ['village', region.village.id],
    ]);
  });

  test('every party has a care relation and hears of it', async () => {
    const { id, caseId, patient } = await send();
    const cares = await database.db.patientFacility.findMany({ where: { patientId: patient.id } });
    expect(cares.map(({ facilityId }) => facilityId)).toEqual(
      expect.arrayContaining([region.township.id, region.county.id, region.village.id]),
    );
    const heard = await database.db.outbox.findMany({ where: { kind: 'event' } });
    const about = heard.filter(({ payload }) => [id, caseId].includes((payload as { id: string }).id));
    expect(about.map(({ name }) => name).sort()).toEqual(['case', 'order']);
    for (const { payload } of about)
      expect((payload as { facilityIds: string[] }).facilityIds).toEqual(
        expect.arrayContaining([region.township.id, region.county.id, region.village.id]),
      );
  });

  test('twenty orders at once have twenty numbers', async () => {
    const orders = await Promise.all(Array.from({ length: 20 }, () => send()));
    expect(new Set(orders.map(({ number }) => number)).size).toBe(20);
    expect(new Set(orders.map(({ exams }) => exams[0]?.accessionNumber)).size).toBe(20);
  });

  test('the deadline is the one that was agreed', async () => {
    const from = await given.facility();
    await given.agreement({
      from,
      to: region.county,
      deadlines: [{ line: 'imaging', urgency: 'emergency', minutes: 17 }],
    });
    const caller = await given.account({ facility: from, roles: ['requesting-doctor'] });
    const patient = await given.patient({ facility: from });
    const body = orderBody(region, { facilityId: from.id, patientId: patient.id, urgency: 'emergency' });
    expect((await sendOrder(deps, ctxFor(caller), body)).progress.deadlineMinutes).toBe(17);
  });

  test('the same draft sent five times at once is one order, and the draft is gone', async () => {
    const draft = await createDraft(deps, doctor(), { facilityId: region.township.id, content: { purpose: '胸片' } });
    const sending = () => sendOrder(deps, doctor(), { ...orderBody(region), draftId: draft.id });
    const orders = await Promise.all(Array.from({ length: 5 }, sending));
    expect(new Set(orders.map(({ id }) => id))).toEqual(new Set([draft.id]));
    expect((await sending()).number).toBe(orders[0]?.number);
    expect(await listDrafts(deps, doctor())).toEqual([]);
    expect(await codeOf(sendOrder(deps, doctor(), { ...orderBody(region), draftId: randomUUID() }))).toBe('not-found');
  });

  test('the act is in the trail, by whom and about whom', async () => {
    const { id, patient } = await send();
    const [entry] = await database.db.auditEntry.findMany({ where: { objectId: id, action: 'orders.orderSent' } });
    expect(entry).toMatchObject({
      actorId: region.doctor.accountId,
      facilityId: region.township.id,
      patientId: patient.id,
    });
  });
});

/** The trail of what did not leave a facility, the latest last. */
const refusals = (facilityId: string) =>
  database.db.auditEntry.findMany({
    where: { action: 'orders.orderRefused', outcome: 'refused', facilityId },
    orderBy: { position: 'asc' },
  });

describe('what keeps an order from leaving', () => {
  test.each([
    ['no-agreement', undefined],
    ['not-signed', { state: 'draft' as const }],
    ['not-yet-valid', { validFrom: '2026-11-23' }],
    ['expired', { validTo: '2026-11-21' }],
    ['expired', { state: 'ended' as const }],
    ['line-not-covered', { lines: ['ecg' as const] }],
  ])('%s', async (missing, agreement) => {
    const from = await given.facility();
    if (agreement) await given.agreement({ from, to: region.county, ...agreement });
    const caller = await given.account({ facility: from, roles: ['requesting-doctor'] });
    const patient = await given.patient({ facility: from });
    const body = orderBody(region, { facilityId: from.id, patientId: patient.id });
    const error = await refusalOf(sendOrder(deps, ctxFor(caller), body));
    expect(error).toMatchObject({ code: 'no-agreement', details: { missing } });
    const trail = await refusals(from.id);
    expect(trail).toMatchObject([{ patientId: patient.id, detail: { code: 'no-agreement', missing, door: 'page' } }]);
    expect(await database.db.order.count({ where: { requestingFacilityId: from.id } })).toBe(0);
  });

  test('a line whose evidence has no door into the hub, whatever the agreement covers', async () => {
    const from = await given.facility();
    await given.agreement({ from, to: region.county, lines: ['imaging', 'pathology'] });
    const caller = await given.account({ facility: from, roles: ['requesting-doctor'] });
    const patient = await given.patient({ facility: from });
    const { id: centreId } = await given.centre(region.county, 'pathology');
    const body = orderBody(region, { facilityId: from.id, patientId: patient.id, centreId });
    const error = await refusalOf(sendOrder(deps, ctxFor(caller), body));
    expect(error.code).toBe('line-not-open');
    expect(error.details.fields).toContainEqual({ field: 'centreId', expected: 'a centre of imaging, ecg' });
    expect(await database.db.order.count({ where: { requestingFacilityId: from.id } })).toBe(0);
  });

  test('a signer who is not the patient says who he is', async () => {
    const consent = { ...orderBody(region).consent, signer: '张大' };
    const error = await refusalOf(send({ consent }));
    expect(error).toMatchObject({ code: 'consent-missing', details: { fields: [{ field: 'consent.relation' }] } });
    const entry = (await refusals(region.township.id)).at(-1);
    expect(entry).toMatchObject({
      actorId: region.doctor.accountId,
      patientId: region.patient.id,
      detail: { code: 'consent-missing', fields: ['consent.relation'] },
    });
    expect(JSON.stringify([entry?.detail, entry?.reason])).not.toContain('张大');
    expect((await send({ consent: { ...consent, relation: 'child' } })).consent?.relation).toBe('child');
  });

  test('consent that is left for later needs an emergency', async () => {
    const consent = { ...orderBody(region).consent, method: 'emergency' as const };
    expect(await codeOf(send({ consent }))).toBe('consent-missing');
    expect((await send({ consent, urgency: 'emergency' })).urgency).toBe('emergency');
  });

  test('everything that is wrong is named at once', async () => {
    const error = await refusalOf(
      send({
        consent: { ...orderBody(region).consent, signer: '张大' },
        exams: [
          { examCode: region.hand.code, laterality: null },
          { examCode: 'NONE', laterality: null },
        ],
        diagnosisCode: '咳嗽',
        pairedFacilityId: region.stranger.id,
      }),
    );
    expect((error.details.fields as Array<{ field: string }>).map(({ field }) => field)).toEqual([
      'consent.relation',
      'exams.0.laterality',
      'exams.1.examCode',
      'diagnosisCode',
      'pairedFacilityId',
    ]);
  });

  test('a patient or centre that one does not know', async () => {
    const stranger = await given.patient({ facility: region.stranger });
    expect(await refusalOf(send({ patientId: stranger.id }))).toMatchObject({
      code: 'not-found',
      details: { field: 'patientId' },
    });
    expect(await refusalOf(send({ centreId: randomUUID() }))).toMatchObject({
      code: 'not-found',
      details: { field: 'centreId' },
    });
  });
});

describe('who takes part', () => {
  test('the paired hospital, under a pairing in force', async () => {
    const { id } = await send({ pairedFacilityId: region.paired.id });
    expect((await readOrder(deps, ctxFor(region.expert), { id })).id).toBe(id);
  });

  test('a village without parent and agreement does not', async () => {
    const clinic = await given.facility({ level: 'village' });
    const patient = await given.patient({ facility: region.township, village: clinic });
    const { id } = await send({ patientId: patient.id });
    const parts = await database.db.orderParty.findMany({ where: { orderId: id } });
    expect(parts.map(({ part }) => part).sort()).toEqual(['centre', 'requester']);
  });

  test('a village that sends for itself is a party once', async () => {
    await given.agreement({ from: region.village, to: region.county });
    const caller = await given.account({ facility: region.village, roles: ['requesting-doctor'] });
    const patient = await given.patient({ facility: region.village, village: region.village });
    const order = await sendOrder(
      deps,
      ctxFor(caller),
      orderBody(region, { facilityId: region.village.id, patientId: patient.id }),
    );
    const parts = await database.db.orderParty.findMany({
      where: { orderId: order.id, facilityId: region.village.id },
    });
    expect(parts.map(({ part }) => part)).toEqual(['requester']);
  });
});

const chest = () => ({ examCode: region.chest.code, laterality: null });
