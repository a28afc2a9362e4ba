import type { PatientBody } from '@lianzhen/contracts/patients.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPatient } from '../../server/api/patients/create-patient.ts';
import { readPatient } from '../../server/api/patients/read-patient.ts';
import { searchPatients } from '../../server/api/patients/search-patients.ts';
import { updatePatient } from '../../server/api/patients/update-patient.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { freshIdCard } from '../factories/id-card.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
};
let region: Region;
/** The ID card of the person whom each test registers. */
let card: string;
beforeEach(async () => {
  card = freshIdCard('1989-07-23', 'female');
  region = await given.region();
});
const doctor = () => ctxFor(region.doctor);
const outsider = () => ctxFor(region.outsider);
const body = (changes: Partial<PatientBody> = {}): PatientBody & { facilityId: string } => ({
  name: '欧阳雪梅',
  sex: 'female',
  birthDate: '1989-07-23',
  identifiers: [{ type: 'id-card', issuer: 'CN', value: card }],
  facilityId: region.township.id,
  ...changes,
});
const register = (changes: Partial<PatientBody> = {}) => createPatient(deps, doctor(), body(changes));
const trailOf = async (patientId: string) =>
  (await database.db.auditEntry.findMany({ where: { patientId }, orderBy: { at: 'asc' } })).map(({ action }) => action);

describe('search', () => {
  const found = async (q: string, ctx = doctor()) =>
    (await searchPatients(deps, ctx, { q, page: 1, pageSize: 50 })).rows.map(({ name }) => name);

  test.each(['欧阳雪梅', '雪梅', '欧', 'ouyangxuemei', 'OuYang xue', 'oyxm', 'oy', '62230119', ' 6223011989072 '])(
    'by %j',
    async (q) => {
      await register();
      expect(await found(q)).toContain('欧阳雪梅');
    },
  );

  test('not by what lies in the middle of a number or a reading', async () => {
    await register();
    for (const q of ['9890723', 'xuemei', 'yxm', '198907231234567', '欧阳雪霉']) expect(await found(q)).toEqual([]);
  });

  test('takes wildcards and quotes as letters', async () => {
    await register({ name: '欧%阳_雪', identifiers: [{ type: 'mrn', issuer: region.township.code, value: 'W-1' }] });
    expect(await found('%')).toEqual(['欧%阳_雪']);
    expect(await found('_')).toEqual(['欧%阳_雪']);
    for (const q of ['\\', "' OR '1'='1", '%%%%%%%%', '"; DROP TABLE "Patient"', '{}', '欧%雪'])
      expect(await found(q)).toEqual([]);
  });

  test('shows those with a care relation alone, and masks their numbers', async () => {
    await register();
    for (const q of ['欧阳', 'oyxm', '62230119', '']) expect(await found(q, outsider())).not.toContain('欧阳雪梅');
    const { rows } = await searchPatients(deps, doctor(), { q: '欧阳', page: 1, pageSize: 50 });
    expect(rows[0]?.identifiers[0]?.value).toMatch(/^6223\*{10}[\dX]{4}$/);
    const ended = { until: new Date(Date.now() - 1000) };
    await database.db.patientFacility.updateMany({ where: { facilityId: region.township.id }, data: ended });
    for (const q of ['欧阳', '']) expect(await found(q)).toEqual([]);
  });

  test('pages, counts, and is written down without the words that were searched for', async () => {
    for (let at = 0; at < 5; at++) await given.patient({ facility: region.township, name: `周${at}`, pinyin: 'zhou' });
    const page = (number: number, q = '周') => searchPatients(deps, doctor(), { q, page: number, pageSize: 2 });
    const shown = [...(await page(1)).rows, ...(await page(2)).rows, ...(await page(3)).rows].map(({ name }) => name);
    expect(shown).toEqual(['周0', '周1', '周2', '周3', '周4']);
    expect(await page(9)).toEqual({ rows: [], total: 5 });
    expect((await page(1, '')).total).toBe(6);
    const trail = await database.db.auditEntry.findMany({ where: { actorId: region.doctor.accountId } });
    expect(trail).toHaveLength(5);
    expect(JSON.stringify(trail.map(({ detail, reason }) => [detail, reason]))).not.toContain('周');
    expect(trail[0]?.detail).toMatchObject({ shown: 2, patientIds: [expect.any(String), expect.any(String)] });
  });
});

describe('a number that is known', () => {
  test('is its patient, with whom the asker now has a care relation', async () => {
    const first = await register();
    const elsewhere = await createPatient(deps, outsider(), { ...body(), facilityId: region.stranger.id });
    expect(first.existed).toBe(false);
    expect(elsewhere).toMatchObject({ existed: true, patient: { id: first.patient.id, revealed: false } });
    expect(await trailOf(first.patient.id)).toEqual(['patients.patientCreated', 'patients.patientRelated']);
    expect(await database.db.outbox.count({ where: { key: `duplicates-${first.patient.id}` } })).toBe(1);
  });

  test('is refused to whoever takes its person for another, names the fields, shows nothing, and is written down', async () => {
    const { patient } = await register();
    const ask = (changes: Partial<PatientBody>) =>
      refusalOf(createPatient(deps, outsider(), { ...body(changes), facilityId: region.stranger.id }));
    const refused = await ask({ name: '王五' });
    expect(refused).toMatchObject({ code: 'identity-mismatch', details: { fields: ['name'] } });
    expect(JSON.stringify(refused.details)).not.toContain('欧阳');
    expect(await codeOf(readPatient(deps, outsider(), { id: patient.id }))).toBe('not-found');
    expect(await trailOf(patient.id)).toEqual(['patients.patientCreated', 'patients.registrationRefused']);
    const entry = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'patients.registrationRefused', patientId: patient.id },
    });
    expect(entry).toMatchObject({ outcome: 'refused', facilityId: region.stranger.id, patientId: patient.id });
  });

  test('is never doubled, however many register it at once', async () => {
    const ctxs = Array.from({ length: 10 }, (_, at) => (at % 2 ? doctor() : outsider()));
    const facilityOf = (at: number) => (at % 2 ? region.township.id : region.stranger.id);
    const all = await Promise.all(
      ctxs.map((ctx, at) => createPatient(deps, ctx, { ...body(), facilityId: facilityOf(at) })),
    );
    expect(new Set(all.map(({ patient }) => patient.id)).size).toBe(1);
    expect(all.filter(({ existed }) => !existed)).toHaveLength(1);
    expect(await database.db.patientIdentifier.count({ where: { value: card } })).toBe(1);
  });

  test('of two patients is nobody’s', async () => {
    await register();
    const mrn = { type: 'mrn' as const, issuer: region.township.code, value: 'M-77' };
    await register({ name: '王五', sex: 'male', birthDate: null, identifiers: [mrn] });
    const refused = await refusalOf(register({ identifiers: [...body().identifiers, mrn] }));
    expect(refused).toMatchObject({ code: 'identity-mismatch', details: { fields: ['identifiers'] } });
  });

  test('agrees with what one of the two does not know', async () => {
    const mrn = { type: 'mrn' as const, issuer: region.township.code, value: 'M-78' };
    const known = await register({ sex: 'unknown', birthDate: null, identifiers: [mrn] });
    const again = await register({ sex: 'female', birthDate: '1989-07-23', identifiers: [mrn] });
    expect(again.patient).toMatchObject({ id: known.patient.id, sex: 'unknown', birthDate: null });
  });
});

describe('what is typed', () => {
  test('agrees with the ID card, and a number given twice is one', async () => {
    expect(await refusalOf(register({ sex: 'male' }))).toMatchObject({ details: { fields: ['sex'], with: 'id-card' } });
    expect(
      await codeOf(register({ identifiers: [{ type: 'id-card', issuer: 'CN', value: `${card.slice(0, 16)}00` }] })),
    ).toBe('invalid-identifier');
    const twice = [1, 2].map((at) => ({ type: 'id-card' as const, issuer: `x${at}`, value: ` ${card} ` }));
    expect((await register({ identifiers: twice })).patient.identifiers).toHaveLength(1);
  });

  test('is no record number of another house, and no village that is none', async () => {
    const mrn = { type: 'mrn' as const, issuer: region.county.code, value: 'M-1' };
    const foreign = await refusalOf(register({ identifiers: [mrn] }));
    expect(foreign).toMatchObject({ code: 'bad-input', details: { fields: [{ field: 'identifiers.0.issuer' }] } });
    for (const villageId of [region.stranger.id, '01900000-0000-7000-8000-000000000000'])
      expect((await refusalOf(register({ villageId }))).details).toMatchObject({ fields: [{ field: 'villageId' }] });
    const { patient } = await register({ villageId: region.village.id });
    expect(patient.villageName).toBe('村卫生室');
    expect(await codeOf(createPatient(deps, doctor(), { ...body(), facilityId: region.stranger.id }))).toBe(
      'forbidden',
    );
  });
});

describe('a correction', () => {
  const change = async (id: string, changes: Partial<PatientBody> & { revision?: number } = {}, ctx = doctor()) => {
    const now = await readPatient(deps, doctor(), { id });
    const { name, sex, birthDate, identifiers, revision } = now;
    return updatePatient(deps, ctx, { id, name, sex, birthDate, identifiers, revision, ...changes });
  };

  test('keeps masked numbers one by one, and takes away what is left out', async () => {
    const mrns = ['M-100001', 'M-200001'].map((value) => ({
      type: 'mrn' as const,
      issuer: region.township.code,
      value,
    }));
    const { patient } = await register({ identifiers: [...body().identifiers, ...mrns] });
    await change(patient.id, { phone: '13800138000' });
    const whole = async () => (await readPatient(deps, doctor(), { id: patient.id, reveal: true })).identifiers;
    expect((await whole()).map(({ value }) => value)).toEqual([card, 'M-100001', 'M-200001']);
    const masked = (await readPatient(deps, doctor(), { id: patient.id })).identifiers;
    await change(patient.id, { identifiers: masked.slice(0, 2) });
    expect(await whole()).toHaveLength(2);
    const guess = { type: 'mrn' as const, issuer: region.township.code, value: '******99' };
    expect(await codeOf(change(patient.id, { identifiers: [guess] }))).toBe('bad-input');
    expect(await trailOf(patient.id)).toContain('patients.numbersRevealed');
  });

  test('of what somebody else changed meanwhile is refused', async () => {
    const { patient } = await register();
    const wishes = ['王一', '王二', '王三'].map((name) => change(patient.id, { name, revision: patient.revision }));
    const done = await Promise.allSettled(wishes);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of done)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'stale-revision', details: { expected: 1, found: 2 } });
  });

  test('does not take a number from another patient, and the try is written down with that one', async () => {
    const { patient: owner } = await register();
    const other = region.patient.id;
    const refused = await refusalOf(
      change(other, { name: '张三', sex: 'female', birthDate: null, identifiers: body().identifiers }),
    );
    expect(refused.code).toBe('identity-mismatch');
    expect(await trailOf(owner.id)).toContain('patients.numberRefused');
    expect(await database.db.patientIdentifier.count({ where: { patientId: other } })).toBe(1);
  });

  test('names its fields in the trail, and is not made from outside', async () => {
    const { patient } = await register();
    await change(patient.id, {
      birthDate: null,
      address: '三组',
      identifiers: [{ type: 'other', issuer: '社保', value: '1' }],
    });
    const entry = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'patients.patientChanged', patientId: patient.id },
    });
    expect(entry.detail).toEqual({ fields: ['address', 'birthDate', 'identifiers'] });
    expect(await codeOf(change(patient.id, {}, outsider()))).toBe('not-found');
    expect(await codeOf(change(patient.id, {}, ctxFor(region.expert)))).not.toBe('internal');
  });
});
