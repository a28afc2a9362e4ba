import { encodeText } from '@lianzhen/dicom/encode-text.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import type { Deps } from '../../server/api/deps.ts';
import { registerSender } from '../../server/api/orders/hl7-senders.ts';
import { startMllp } from '../../server/api/orders/start-mllp.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type Hl7Changes, hl7Cancel, hl7Order, nextNumber } from '../factories/hl7-orders.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { fieldsOf, hl7Sender } from '../sims/hl7-sender.ts';

const database = withDatabase();
const given = givenIn(database);
const log = createLog('test', 'silent');
const life = new Lifecycle(log);
const clock = movableClock();
let region: Region;
let mrn: string;
let port: number;
beforeAll(async () => {
  region = await given.region();
  const number = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
  mrn = number.value;
  for (const facility of [region.township, region.stranger]) {
    const admin = ctxFor(await given.account({ facility, roles: ['facility-admin'] }));
    const sender = { application: 'HIS', sendingFacility: facility.code, addresses: ['127.0.0.0/8'] };
    await registerSender({ db: database.db }, admin, { ...sender, facilityId: facility.id });
  }
  port = await freePort();
  const deps = {
    db: database.db,
    log,
    clock,
    config: { HUB_MLLP_PORT: port, HUB_PLAIN_PORTS: true },
  } as unknown as Deps;
  await startMllp(deps, life);
});
afterAll(() => life.close());

/** One message over a connection of its own. */
async function send(message: string | Buffer): Promise<string> {
  const sender = await hl7Sender(port);
  onTestFinished(() => void sender.close());
  return (await sender.send(message))?.toString() ?? 'no answer';
}
const order = (changes: Hl7Changes = {}) => hl7Order(region, mrn, changes);
const codeOf = (answer: string) => fieldsOf(answer, 'MSA')[0]?.[1];
const errorsOf = (answer: string) => fieldsOf(answer, 'ERR').map((fields) => fields[2]);
const orderOf = (placerNumber: string) =>
  database.db.order.findFirst({
    where: { placerNumber },
    include: { exams: { orderBy: { accessionNumber: 'asc' } }, consent: true, patient: true, case: true },
  });
const trail = (action: string) =>
  database.db.auditEntry.findMany({ where: { action }, orderBy: { at: 'desc' }, take: 5 });

describe('an order', () => {
  test('is taken with everything it says, and answered with its accession number', async () => {
    const placer = nextNumber('P');
    const answer = await send(order({ placer, controlId: 'first' }));
    const row = await orderOf(placer);
    expect([codeOf(answer), fieldsOf(answer, 'MSA')[0]?.[2]]).toEqual(['AA', 'first']);
    expect(answer).toContain('|ORG^O20^ORG_O20|');
    expect(fieldsOf(answer, 'ORC')[0]?.slice(1, 5)).toEqual([
      'OK',
      placer,
      `${row?.exams[0]?.accessionNumber}^LIANZHEN`,
      `${row?.number}^LIANZHEN`,
    ]);
    expect(row).toMatchObject({
      ...{ urgency: 'urgent', purpose: '排除肺炎', diagnosisCode: 'R05', diagnosisText: '咳嗽', department: '内科' },
      ...{ history: '咳嗽三天，发热\n青霉素过敏\n体温：38.5 ℃', visitNumber: `V-${placer}`, requesterId: null },
      ...{ patientId: region.patient.id, requestingFacilityId: region.township.id, centreId: region.centre.id },
      consent: { signer: '张三', relation: 'self', method: 'written', givenAt: new Date('2026-11-22T01:00:00Z') },
      case: { state: 'waiting', rank: 1 },
    });
    const [sent] = await trail('orders.orderSent');
    expect(sent).toMatchObject({
      ...{ objectId: row?.id, patientId: region.patient.id, facilityId: region.township.id, role: 'machine' },
      ...{ actorName: `HIS|${region.township.code}`, address: expect.stringContaining('127.0.0.1') },
    });
  });

  test('of several exams has one number, in one group or in several', async () => {
    const placer = nextNumber('P');
    const hand = `OBR|2|${placer}||${region.hand.code}${'|'.repeat(42)}left`;
    const message = order({ placer, type: 'ORM^O01' });
    const taken = await send(message.replace(/(OBR\|1[^\r]*)/, `$1\r${hand}`));
    expect([codeOf(taken), fieldsOf(taken, 'OBR').length]).toEqual(['AA', 2]);
    expect(taken).toContain('|ORR^O02^ORR_O02|');
    const examsOf = async (number: string) =>
      (await orderOf(number))?.exams.map(({ examCode, laterality }) => [examCode, laterality]);
    const expected = [
      [region.chest.code, null],
      [region.hand.code, 'left'],
    ];
    expect(await examsOf(placer)).toEqual(expected);
    const other = nextNumber('P');
    const [head = '', ...groups] = order({ placer: other }).split(/(?=ORC\|)/);
    const again = (groups[0] ?? '')
      .replace(region.chest.code, region.hand.code)
      .replace('^排除肺炎', `^排除肺炎${'|'.repeat(15)}L`);
    expect(codeOf(await send(head + groups[0] + again))).toBe('AA');
    expect(await examsOf(other)).toEqual(expected);
  });

  test('whose groups disagree under one number is refused, with the place', async () => {
    const [head = '', group = ''] = order().split(/(?=ORC\|)/);
    const answer = await send(head + group + group.replace('^排除肺炎', '^复查'));
    expect([codeOf(answer), errorsOf(answer)]).toEqual(['AE', ['OBR^2^31']]);
  });

  test('registers whoever is new, by number and name', async () => {
    const placer = nextNumber('P');
    const PID = 'PID|1||N-77^^^HIS^MR~PI-1^^^LIANZHEN^PI~V1^^^HIS^VN||LI^SI^^^^^L^A~李^四^^^^^L^I||19700102|F';
    const CON = 'CON|1|||||||||W|A||20261122090000|||||||||||李^大|SPO';
    expect(codeOf(await send(order({ placer, segments: { PID, CON } })))).toBe('AA');
    const row = await orderOf(placer);
    expect(row?.patient).toMatchObject({ name: '李四', sex: 'female', namePinyin: 'lisi' });
    expect(row?.consent).toMatchObject({
      signer: '李大',
      relation: 'spouse',
      givenAt: new Date('2026-11-22T01:00:00Z'),
    });
    const numbers = await database.db.patientIdentifier.findMany({ where: { patientId: row?.patientId } });
    expect(numbers).toMatchObject([{ type: 'mrn', issuer: region.township.code, value: 'N-77' }]);
    expect((await trail('patients.patientCreated'))[0]).toMatchObject({ patientId: row?.patientId });
  });

  test('in GB 18030 is read and answered in the same', async () => {
    const placer = nextNumber('P');
    for (const charset of ['GB 18030-2000', 'GB18030-2000']) {
      const text = order({ placer, charset });
      const sender = await hl7Sender(port);
      const bytes = await sender.send(encodeText(text, 'GB18030'));
      sender.close();
      const answer = new TextDecoder('gb18030').decode(bytes);
      expect([codeOf(answer), fieldsOf(answer, 'MSH')[0]?.[17]]).toEqual(['AA', 'GB 18030-2000']);
      expect(answer).toContain('胸部正位');
    }
    expect((await orderOf(placer))?.purpose).toBe('排除肺炎');
  });

  test('whose sender wants no more than to know that it is safe is told so', async () => {
    const answer = await send(order({ accept: 'AL|NE' }));
    expect([codeOf(answer), fieldsOf(answer, 'ORC')]).toEqual(['CA', []]);
  });
});

describe('a repeat', () => {
  test('of a control id has the same answer and does nothing, however many at once', async () => {
    const placer = nextNumber('P');
    const message = order({ placer, controlId: `again-${placer}` });
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(message)));
    clock.advance(60);
    answers.push(await send(message.replace('20261122100000+0800', '20261122100500+0800')));
    expect(codeOf(answers[0] ?? '')).toBe('AA');
    expect(new Set(answers).size).toBe(1);
    expect(await database.db.order.count({ where: { placerNumber: placer } })).toBe(1);
  });

  test('of a control id with another message is refused', async () => {
    const controlId = nextNumber('C');
    await send(order({ controlId }));
    const answer = await send(order({ controlId }));
    expect([codeOf(answer), errorsOf(answer)]).toEqual(['AE', ['MSH^1^10']]);
  });

  test('of a number is the same order, and with another content a conflict', async () => {
    const placer = nextNumber('P');
    const answers = await Promise.all([1, 2, 3].map(() => send(order({ placer }))));
    expect(answers.map(codeOf)).toEqual(['AA', 'AA', 'AA']);
    expect(new Set(answers.map((answer) => fieldsOf(answer, 'ORC')[0]?.[3])).size).toBe(1);
    const other = await send(order({ placer, segments: { DG1: 'DG1|1||R50.9^发热^I10' } }));
    expect([codeOf(other), errorsOf(other)]).toEqual(['AE', ['ORC^1^2']]);
    expect((await orderOf(placer))?.diagnosisCode).toBe('R05');
  });

  test('after a refusal is looked at anew', async () => {
    const [placer, controlId] = [nextNumber('P'), nextNumber('C')];
    expect(codeOf(await send(order({ placer, controlId, segments: { CON: null } })))).toBe('AE');
    expect(codeOf(await send(order({ placer, controlId })))).toBe('AA');
  });
});

describe('a cancellation', () => {
  test('needs a reason, is done once, and only while nobody reads', async () => {
    const placer = nextNumber('P');
    await send(order({ placer }));
    const bare = await send(hl7Cancel(region, placer, ''));
    expect([codeOf(bare), errorsOf(bare)]).toEqual(['AE', ['ORC^1^16']]);
    for (let time = 0; time < 2; time++) {
      const answer = await send(hl7Cancel(region, placer, '患者转院'));
      expect([codeOf(answer), fieldsOf(answer, 'ORC')[0]?.[1]]).toEqual(['AA', 'CR']);
    }
    expect(await orderOf(placer)).toMatchObject({
      ...{ state: 'withdrawn', withdrawnReason: '患者转院', exams: [{ state: 'cancelled' }] },
      case: { state: 'withdrawn' },
    });
    const read = nextNumber('P');
    await send(order({ placer: read }));
    const found = await orderOf(read);
    await database.db.case.update({ where: { orderId: found?.id ?? '' }, data: { state: 'claimed' } });
    const late = await send(hl7Cancel(region, read, '患者转院'));
    expect([codeOf(late), errorsOf(late)]).toEqual(['AE', ['ORC^1^1']]);
    expect(await orderOf(read)).toMatchObject({ state: 'submitted' });
  });

  test("does not reach another facility's order", async () => {
    const placer = nextNumber('P');
    await send(order({ placer }));
    const answer = await send(hl7Cancel(region, placer, '误开', { facility: region.stranger.code }));
    expect([codeOf(answer), errorsOf(answer)]).toEqual(['AE', ['ORC^1^2']]);
    expect(await orderOf(placer)).toMatchObject({ state: 'submitted' });
  });
});
