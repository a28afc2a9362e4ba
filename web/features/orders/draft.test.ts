import { OrderBody } from '@lianzhen/contracts/orders.ts';
import { expect, test } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { bodyOf, draftFields, emptyDraft, missingIn, OrderDraft, orderDrafts } from './draft.ts';
import { fieldsOf } from './draft-errors.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const complete = OrderDraft.parse({
  key: 'k',
  facilityId: id,
  patient: { id, name: '张三', sex: 'male', birthDate: '1960-01-01' },
  centreId: id,
  exams: [{ code: 'DR-KNEE', name: '膝关节正侧位', modality: 'DX', hasSides: true, laterality: 'left' }],
  purpose: '外伤后疼痛',
  history: '摔倒一天',
  diagnosisCode: 'S83.6',
  diagnosisText: '膝关节扭伤',
  consentSigner: '张三',
  consentRelation: 'self',
  consentMethod: 'written',
  consentAt: '2026-03-01T08:00:00+08:00',
});

test('an empty draft lacks everything but a side', () => {
  expect(missingIn(emptyDraft('k', id))).toEqual(
    draftFields.filter((field) => field !== 'sides' && field !== 'paired'),
  );
  expect(orderDrafts.hasContent(emptyDraft('k', id))).toBe(false);
});

test('a complete draft is a request by the contract', () => {
  expect(missingIn(complete)).toEqual([]);
  expect(OrderBody.safeParse(bodyOf(complete)).error).toBeUndefined();
});

test('an exam with sides needs one; white space is no text', () => {
  const exams = complete.exams.map((exam) => ({ ...exam, laterality: null }));
  expect(missingIn({ ...complete, exams, history: ' \n' })).toEqual(['sides', 'history']);
  expect(bodyOf({ ...complete, exams })).toBeUndefined();
});

test('a draft of another page’s making still opens with what is understood', () => {
  const draft = OrderDraft.parse({ purpose: '胸痛', urgency: 'soon', exams: 'CT', patient: { id: 3 }, unknown: true });
  expect(draft).toMatchObject({ purpose: '胸痛', urgency: 'routine', exams: [], patient: null });
});

test.each([
  [
    {
      fields: [
        { field: 'consent.signer', expected: 'x' },
        { field: 'exams.0.laterality', expected: 'y' },
      ],
    },
    ['consentSigner', 'sides'],
  ],
  [{ missing: ['purpose', 'diagnosisCode'] }, ['purpose', 'diagnosis']],
  [{ fields: { patientId: 'unknown' } }, ['patient']],
  [{ field: 'exams.2.examCode' }, ['exams']],
  [{ fields: [{ field: 'draftId', expected: 'uuid' }] }, []],
])('a refusal %j belongs to %j', (details, fields) => {
  expect([...fieldsOf(new ApiError('bad-input', { details }))]).toEqual(fields);
});

test('a paired hospital without an agreement does not mark the centre', () => {
  const details = { missing: 'expired', fields: [{ field: 'pairedFacilityId', expected: 'x', missing: 'expired' }] };
  expect([...fieldsOf(new ApiError('no-agreement', { details }))]).toEqual(['paired']);
});

test('a refusal that names no field is placed by its code', () => {
  expect([...fieldsOf(new ApiError('no-agreement', { details: { missing: 'expired' } }))]).toEqual(['centre']);
  expect([...fieldsOf(new ApiError('consent-missing'))]).toEqual(['consentSigner']);
  expect([...fieldsOf(new ApiError('forbidden'))]).toEqual([]);
});
