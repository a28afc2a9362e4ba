import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { listOrders } from '../../server/api/orders/list-orders.ts';
import { createDraft, discardDraft, listDrafts, saveDraft } from '../../server/api/orders/order-drafts.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { searchCatalogue, searchDiagnoses } from '../../server/api/orders/search-catalogue.ts';
import { sendOrder } from '../../server/api/orders/send-order.ts';
import { supplementOrder } from '../../server/api/orders/supplement-order.ts';
import { withdrawOrder } from '../../server/api/orders/withdraw-order.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { returnCase } from '../../server/api/worklist/return-case.ts';
import { askedFor, deskDeps, imagesArrive, orderBody, readyCase } from '../factories/asking.ts';
import { ctxFor, nobody } from '../factories/callers.ts';
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

describe('withdrawing', () => {
  const reason = '患者转院';
  test('while nobody has begun, with a reason that everyone sees; again is no error', async () => {
    const { id, revision, caseId } = await send();
    const withdrawn = await withdrawOrder(deps, doctor(), { id, revision, reason });
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawnReason: reason, progress: { step: 'withdrawn' } });
    expect(withdrawn.events.at(-1)).toMatchObject({ kind: 'withdrawn', reason });
    expect((await withdrawOrder(deps, doctor(), { id, revision, reason })).revision).toBe(withdrawn.revision);
    expect(await codeOf(claimCase(deps, ctxFor(region.resident), { id: caseId }))).toBe('wrong-state');
  });

  test('not once it is claimed, and whoever comes first wins', async () => {
    const caseId = await readyCase(deps, region);
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id: caseId } });
    const outcomes = await Promise.allSettled([
      withdrawOrder(deps, doctor(), { id: orderId, revision: 1, reason }),
      claimCase(deps, ctxFor(region.resident), { id: caseId }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const claimed = await readyCase(deps, region);
    await claimCase(deps, ctxFor(region.resident), { id: claimed });
    const late = await database.db.case.findUniqueOrThrow({ where: { id: claimed } });
    const refused = await refusalOf(withdrawOrder(deps, doctor(), { id: late.orderId, revision: 1, reason }));
    expect(refused).toMatchObject({
      code: 'wrong-state',
      details: { state: 'reading', holder: region.resident.displayName },
    });
  });

  test('not over a revision that one has not seen', async () => {
    const { id } = await send();
    await supplementOrder(deps, doctor(), { id, text: '补充病史' });
    expect(await codeOf(withdrawOrder(deps, doctor(), { id, revision: 1, reason }))).toBe('stale-revision');
  });

  test('not by the centre', async () => {
    const { id, revision } = await send();
    expect(await codeOf(withdrawOrder(deps, ctxFor(region.attending), { id, revision, reason }))).toBe('forbidden');
  });
});

describe('supplementing', () => {
  test('a returned order goes back into the queue, with a new clock', async () => {
    const caseId = await readyCase(deps, region);
    await returnCase(deps, ctxFor(region.attending), { id: caseId, kind: 'missing-data', reason: '请补充体征' });
    const { orderId } = await database.db.case.findUniqueOrThrow({ where: { id: caseId } });
    const returned = await readOrder(deps, doctor(), { id: orderId });
    expect(returned).toMatchObject({
      state: 'returned',
      returnedReason: '请补充体征',
      returnedKind: 'missing-data',
      progress: { step: 'returned', waitsFor: 'supplement' },
    });
    const back = await supplementOrder(deps, ctxFor(region.technician), { id: orderId, text: '体温 39 度' });
    expect(back).toMatchObject({
      state: 'submitted',
      returnedReason: null,
      returnedKind: null,
      progress: { step: 'in-queue' },
    });
    expect(back.progress.dueAt).not.toBeNull();
    expect(back.supplements).toMatchObject([{ text: '体温 39 度', byName: region.technician.displayName }]);
  });

  test('data can be asked for once', async () => {
    const caseId = await readyCase(deps, region);
    const ask = () =>
      returnCase(deps, ctxFor(region.attending), { id: caseId, kind: 'missing-data', reason: '请补充' });
    const { orderId } = await ask();
    await supplementOrder(deps, doctor(), { id: orderId, text: '已补充' });
    expect(await codeOf(ask())).toBe('supplement-used');
  });

  test('without images it waits for them', async () => {
    const { id, caseId } = await send();
    await returnCase(deps, ctxFor(region.attending), { id: caseId, kind: 'other', reason: '申请有误' });
    expect((await supplementOrder(deps, doctor(), { id, text: '已更正' })).progress.step).toBe('waiting-for-images');
  });

  test('images to be taken again are offered to the machines again', async () => {
    const caseId = await readyCase(deps, region);
    const { orderId } = await returnCase(deps, ctxFor(region.attending), {
      id: caseId,
      kind: 'bad-quality',
      reason: '体位不正',
    });
    for (const person of [region.doctor, region.technician]) {
      const { rows } = await listOrders(deps, ctxFor(person), { page: 1, pageSize: 5, state: ['returned'], q: '' });
      expect(rows).toMatchObject([{ id: orderId, returnedKind: 'bad-quality' }]);
    }
    const exams = await database.db.orderExam.findMany({ where: { orderId } });
    expect(exams.map(({ state }) => state)).toEqual(['scheduled']);
  });
});

describe('looking', () => {
  test('the list tells how many stand before, in the order of the queue', async () => {
    const host = await given.facility({ level: 'county' });
    const centre = await given.centre(host);
    await given.agreement({ from: region.township, to: host });
    const ask = async (urgency: OrderBody['urgency']) => {
      const { id } = await send({ centreId: centre.id, urgency });
      await imagesArrive(deps, region, id);
      return id;
    };
    const [first, second, emergency] = [await ask('routine'), await ask('routine'), await ask('emergency')];
    const { rows } = await listOrders(deps, doctor(), { page: 1, pageSize: 50, q: '' });
    const ahead = (id: string) => rows.find((row) => row.id === id)?.progress.ahead;
    expect([ahead(emergency), ahead(first), ahead(second)]).toEqual([0, 1, 2]);
  });

  test('by number, accession number, name, pinyin and initials', async () => {
    const patient = await given.patient({
      facility: region.township,
      name: '欧阳海',
      pinyin: 'ouyanghai',
      initials: 'oyh',
    });
    const consent = { ...orderBody(region).consent, signer: '欧阳海' };
    const order = await send({ patientId: patient.id, consent });
    const words = [order.number, order.exams[0]?.accessionNumber ?? '', '欧阳', 'ouyang', 'oyh'];
    for (const q of words) {
      const { rows } = await listOrders(deps, doctor(), { page: 1, pageSize: 10, q });
      expect(rows.map(({ id }) => id)).toEqual([order.id]);
    }
    // Signs that the database would read as any letters are letters.
    for (const q of ['%', '_', '欧_', '%海', '\\', `${order.number.slice(0, -1)}_`, 'A%'])
      expect((await listOrders(deps, doctor(), { page: 1, pageSize: 10, q })).rows).toEqual([]);
  });

  test('the catalogue and the diagnoses, by name and pinyin', async () => {
    const exams = await searchCatalogue(deps, doctor(), { line: 'imaging', q: 'xbzw' });
    expect(exams.map(({ code }) => code)).toContain(region.chest.code);
    await database.db.diagnosisCode.createMany({
      data: [
        { code: 'J18.9', name: '肺炎', pinyin: 'fy feiyan' },
        { code: 'J15.9', name: '细菌性肺炎', pinyin: 'xjxfy xijunxingfeiyan' },
      ],
    });
    for (const q of ['肺炎', 'feiyan', 'FY']) {
      expect((await searchDiagnoses(deps, doctor(), { q })).map(({ code }) => code)).toEqual(['J18.9', 'J15.9']);
    }
    expect(await searchDiagnoses(deps, doctor(), { q: 'j15' })).toMatchObject([{ code: 'J15.9' }]);
    for (const q of ['%', 'J1_.9', '肺_', 'f%']) {
      expect(await searchDiagnoses(deps, doctor(), { q })).toEqual([]);
      expect(await searchCatalogue(deps, doctor(), { line: 'imaging', q })).toEqual([]);
    }
  });
});

describe('drafts', () => {
  const draft = () => createDraft(deps, doctor(), { facilityId: region.township.id, content: { purpose: '一' } });
  test('two windows cannot overwrite each other', async () => {
    const { id, revision } = await draft();
    await saveDraft(deps, doctor(), { id, revision, content: { purpose: '二' } });
    const stale = await refusalOf(saveDraft(deps, doctor(), { id, revision, content: { purpose: '三' } }));
    expect(stale).toMatchObject({ code: 'stale-revision', details: { found: 2 } });
  });

  test('a colleague of the same facility neither sees nor touches them', async () => {
    const colleague = ctxFor(await given.account({ facility: region.township, roles: ['requesting-doctor'] }));
    const { id, revision } = await draft();
    expect(await listDrafts(deps, colleague)).toEqual([]);
    expect(await codeOf(saveDraft(deps, colleague, { id, revision, content: {} }))).toBe('not-found');
    expect(await codeOf(discardDraft(deps, colleague, { id }))).toBe('not-found');
    expect(await codeOf(sendOrder(deps, colleague, { ...orderBody(region), draftId: id }))).toBe('not-found');
    expect(await discardDraft(deps, doctor(), { id })).toEqual({ ok: true });
  });

  test('fifty at the most', async () => {
    const typist = ctxFor(await given.account({ facility: region.township, roles: ['requesting-doctor'] }));
    const begin = () => createDraft(deps, typist, { facilityId: region.township.id, content: {} });
    for (let begun = 0; begun < 50; begun++) await begin();
    expect(await codeOf(begin())).toBe('too-large');
  });
});

describe('another facility', () => {
  test('sees nothing of an order and changes nothing', async () => {
    const { id, revision } = await send();
    const outsider = ctxFor(region.outsider);
    const attempts: Record<string, () => Promise<unknown>> = {
      send: () => sendOrder(deps, outsider, orderBody(region)),
      sendAsOwn: () => sendOrder(deps, outsider, orderBody(region, { facilityId: region.stranger.id })),
      draft: () => createDraft(deps, outsider, { facilityId: region.township.id, content: {} }),
      read: () => readOrder(deps, outsider, { id }),
      withdraw: () => withdrawOrder(deps, outsider, { id, revision, reason: '无' }),
      supplement: () => supplementOrder(deps, outsider, { id, text: '无' }),
    };
    for (const [name, attempt] of Object.entries(attempts))
      expect([name, await codeOf(attempt())]).toEqual([name, expect.stringMatching(/^(forbidden|not-found)$/)]);
    const { rows } = await listOrders(deps, outsider, { page: 1, pageSize: 200, q: '', patientId: region.patient.id });
    expect(rows).toEqual([]);
  });

  test('nor does somebody who is not logged in', async () => {
    expect(await codeOf(sendOrder(deps, ctxFor(nobody), orderBody(region)))).toBe('unauthenticated');
    expect(await codeOf(listOrders(deps, ctxFor(nobody), { page: 1, pageSize: 1, q: '' }))).toBe('unauthenticated');
    expect(await codeOf(searchCatalogue(deps, ctxFor(nobody), { line: 'imaging', q: '' }))).toBe('unauthenticated');
  });
});
