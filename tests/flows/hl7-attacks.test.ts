import { encodeText } from '@lianzhen/dicom/encode-text.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import type { Deps } from '../../server/api/deps.ts';
import { listSenders, registerSender, removeSender } from '../../server/api/orders/hl7-senders.ts';
import { startMllp } from '../../server/api/orders/start-mllp.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type Hl7Changes, hl7Order, nextNumber } from '../factories/hl7-orders.ts';
import { codeOf as refusedWith } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { fieldsOf, hl7Sender } from '../sims/hl7-sender.ts';

const database = withDatabase();
const given = givenIn(database);
const log = createLog('test', 'silent');
const life = new Lifecycle(log);
let region: Region;
let mrn: string;
let port: number;
beforeAll(async () => {
  region = await given.region();
  const number = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
  mrn = number.value;
  await register('HIS', region.township.code, ['127.0.0.1']);
  await register('FAR', region.township.code, ['192.0.2.7', '198.51.100.0/24']);
  port = await freePort();
  const deps = {
    db: database.db,
    log,
    clock: movableClock(),
    config: { HUB_MLLP_PORT: port, HUB_PLAIN_PORTS: true },
  } as unknown as Deps;
  await startMllp(deps, life);
});
afterAll(() => life.close());

const adminOf = async (facility: Region['township']) =>
  ctxFor(await given.account({ facility, roles: ['facility-admin'] }));
const register = async (application: string, sendingFacility: string, addresses: string[]) =>
  registerSender({ db: database.db }, await adminOf(region.township), {
    ...{ application, sendingFacility, addresses },
    facilityId: region.township.id,
  });
async function connected() {
  const sender = await hl7Sender(port);
  onTestFinished(() => void sender.close());
  return sender;
}
const send = async (message: string | Buffer) => (await (await connected()).send(message))?.toString();
const order = (changes: Hl7Changes = {}) => hl7Order(region, mrn, changes);
const said = (answer: string | undefined) => [
  fieldsOf(answer ?? '', 'MSA')[0]?.[1],
  ...fieldsOf(answer ?? '', 'ERR').map((fields) => fields[2]),
];
const trailOf = (action: string) => database.db.auditEntry.findMany({ where: { action }, orderBy: { at: 'desc' } });
const orders = () => database.db.order.count();

describe('who is not known', () => {
  test.each([
    ['another application', { application: 'PACS' }],
    ['another facility', { facility: 'C99' }],
    ['no name', { application: '', facility: '' }],
    ['the right names from the wrong address', { application: 'FAR' }],
  ] as const)('is refused and written down: %s', async (_what, changes) => {
    const before = await orders();
    const seen = (await trailOf('orders.senderRefused')).length;
    expect(said(await send(order(changes)))).toEqual(['AE', 'MSH^1^3']);
    expect(await orders()).toBe(before);
    await expect.poll(async () => (await trailOf('orders.senderRefused')).length).toBe(seen + 1);
    expect((await trailOf('orders.senderRefused'))[0]).toMatchObject({
      ...{ outcome: 'refused', reason: 'unauthenticated', facilityId: null },
      address: expect.stringContaining('127.0.0.1'),
    });
  });

  test('becomes so by being removed, and only one’s own can be', async () => {
    const { id } = await register('OLD', region.township.code, ['127.0.0.1']);
    expect(said(await send(order({ application: 'OLD' })))[0]).toBe('AA');
    const stranger = await adminOf(region.stranger);
    expect(await refusedWith(removeSender({ db: database.db }, stranger, { id }))).toBe('not-found');
    expect(await listSenders({ db: database.db }, stranger)).toEqual([]);
    const admin = await adminOf(region.township);
    await removeSender({ db: database.db }, admin, { id });
    expect(said(await send(order({ application: 'OLD' })))).toEqual(['AE', 'MSH^1^3']);
  });

  test('cannot take a name that is taken, nor register for others', async () => {
    const admin = await adminOf(region.stranger);
    const body = { application: 'HIS', sendingFacility: region.township.code, addresses: ['127.0.0.1'] };
    const own = { ...body, facilityId: region.stranger.id };
    expect(await refusedWith(registerSender({ db: database.db }, admin, own))).toBe('already-exists');
    const others = { ...body, application: 'X', facilityId: region.township.id };
    expect(await refusedWith(registerSender({ db: database.db }, admin, others))).toBe('forbidden');
    expect(await refusedWith(listSenders({ db: database.db }, ctxFor(region.doctor)))).toBe('forbidden');
  });
});

describe('what is missing or wrong', () => {
  const without = (name: keyof NonNullable<Hl7Changes['segments']>) => ({ segments: { [name]: null } });
  test.each<[string, () => Hl7Changes, string[]]>([
    ['the patient', () => without('PID'), ['PID^1']],
    ['the consent', () => without('CON'), ['CON^1']],
    ['the diagnosis', () => without('DG1'), ['DG1^1^3', 'DG1^1^4']],
    ['the exam', () => without('OBR'), ['OBR^1']],
    ['the order', () => ({ segments: { ORC: null, OBR: null } }), ['ORC^1']],
    [
      'a refused consent',
      () => ({ segments: { CON: 'CON|1|||||||||W|R||20261122090000|||||||||||张^三|1' } }),
      ['CON^1^11'],
    ],
    [
      'a consent of somebody',
      () => ({ segments: { CON: 'CON|1|||||||||W|A||20261122090000|||||||||||李^四|1' } }),
      ['CON^1^25'],
    ],
    [
      'a consent at no time',
      () => ({ segments: { CON: 'CON|1|||||||||W|A||20261122|||||||||||张^三|1' } }),
      ['CON^1^13'],
    ],
    [
      'a consent in a second that no clock shows',
      () => ({ segments: { CON: 'CON|1|||||||||W|A||20261122090060|||||||||||张^三|1' } }),
      ['CON^1^13'],
    ],
    ['an order control that is not taken', () => ({ segments: { ORC: 'ORC|XO|1' } }), ['ORC^1^1']],
    [
      'an exam that nobody knows',
      () => ({ segments: { OBR: 'OBR|1|||NONE|||||||||咳嗽||||||||||||||||||^排除肺炎' } }),
      ['OBR^1^4'],
    ],
    ['an urgency that nobody knows', () => ({ segments: { TQ1: 'TQ1|1||||||||Z' } }), ['TQ1^1^9']],
    ['a centre that is none', () => ({ centre: 'X99' }), ['MSH^1^6']],
    ['a centre without an agreement', () => ({ centre: region.stranger.code }), ['MSH^1^6']],
    [
      'a wrong identity card',
      () => ({ segments: { PID: 'PID|1||110101199003020024^^^CN^NNCHN||张^三||19600501|M' } }),
      ['PID^1^3'],
    ],
    [
      "another facility's number",
      () => ({ segments: { PID: `PID|1||7^^^${region.county.code}^MR||张^三||19600501|M` } }),
      ['PID^1^3'],
    ],
    [
      'another name for a number',
      () => ({ segments: { PID: `PID|1||${mrn}^^^HIS^MR||王^五||19600501|M` } }),
      ['PID^1^5'],
    ],
    ['a birth date that is none', () => ({ segments: { PID: `PID|1||${mrn}^^^HIS^MR||张^三||1960|M` } }), ['PID^1^7']],
    ['a picture for a history', () => ({ segments: { OBX: 'OBX|1|ED|X||^image^jpeg^Base64^AAAA' } }), ['OBX^1^2']],
    ['a second patient', () => ({ segments: { PV1: 'PID|2||8^^^HIS^MR||王^五' } }), ['PID^2']],
  ])('is named by segment and field: %s', async (_what, changes, places) => {
    const before = await orders();
    const patients = await database.db.patient.count();
    expect(said(await send(order(changes())))).toEqual(['AE', ...places]);
    expect([await orders(), await database.db.patient.count()]).toEqual([before, patients]);
    expect((await trailOf('orders.orderRefused'))[0]).toMatchObject({
      ...{ outcome: 'refused', facilityId: region.township.id, actorName: `HIS|${region.township.code}` },
      detail: { door: 'hl7' },
    });
  });

  test('the trail knows whose number was tried with another name', async () => {
    const PID = `PID|1||${mrn}^^^HIS^MR||赵^六||19600501|M`;
    const answer = await send(order({ segments: { PID } }));
    expect(answer).not.toContain(region.patient.id);
    expect((await trailOf('orders.orderRefused'))[0]).toMatchObject({
      detail: { code: 'identity-mismatch', patientIds: [region.patient.id] },
    });
  });

  test.each<[string, Hl7Changes, string]>([
    ['another type', { type: 'ADT^A01' }, 'MSH^1^9'],
    ['a training system', { processing: 'T' }, 'MSH^1^11'],
    ['another version', { version: '3' }, 'MSH^1^12'],
  ])('is rejected for its header: %s', async (_what, changes, place) => {
    expect(said(await send(order(changes)))).toEqual(['AR', place]);
  });
});

describe('the wire', () => {
  const trailed = async (reason: string) =>
    expect.poll(async () => (await trailOf('orders.senderRefused')).map((entry) => entry.reason)).toContain(reason);

  test('bytes of another character set than the declared are refused by name', async () => {
    const bytes = encodeText(order({ charset: 'UNICODE UTF-8' }), 'GB18030');
    expect(said(await send(bytes))).toEqual(['AE', 'MSH^1^18']);
    expect(said(await send(order({ charset: 'EBCDIC' })))).toEqual(['AE', 'MSH^1^18']);
    await trailed('bad-input');
  });

  test('a message above the limit ends its connection', async () => {
    const sender = await connected();
    expect(await sender.write(Buffer.concat([Buffer.of(0x0b), Buffer.alloc(5 * 1024 * 1024, 'a')]))).toBeUndefined();
    await trailed('garbage');
  });

  test('a message within the limit that is all one segment is refused', async () => {
    const NTE = `NTE|1||${'长'.repeat(300_000)}`;
    expect(said(await send(order({ segments: { NTE } })))).toEqual(['AE', 'NTE^1']);
    expect(said(await send(order() + 'NTE|1\r'.repeat(600)))[0]).toBe('AE');
  });

  test('without a terminator there is no message, and nobody else waits', async () => {
    const slow = await connected();
    const waiting = slow.write(Buffer.concat([Buffer.of(0x0b), Buffer.from(order())]));
    expect(said(await send(order()))[0]).toBe('AA');
    slow.close();
    expect(await waiting).toBeUndefined();
  });

  test.each([
    ['no frame', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an empty message', Buffer.of(0x0b, 0x1c, 0x0d)],
    ['no header', Buffer.from('\u000bPID|1\r\u001c\r')],
    ['noise', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) & 0xff))],
  ])('%s ends the connection and nothing else', async (_what, bytes) => {
    const sender = await connected();
    expect(await sender.write(bytes)).toBeUndefined();
    expect(said(await send(order()))[0]).toBe('AA');
  });

  test('a message cut anywhere is answered or ends its connection', async () => {
    const message = order({ placer: nextNumber('P') });
    for (let cut = 1; cut < message.length; cut += 37) {
      const answer = await send(message.slice(0, cut));
      expect([undefined, 'AA', 'AE', 'AR']).toContain(answer === undefined ? undefined : said(answer)[0]);
    }
    expect(said(await send(order()))[0]).toBe('AA');
  });
});
