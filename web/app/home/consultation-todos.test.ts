import { expect, test } from 'vitest';
import { fromConsultation } from './consultation-todos.ts';

type Row = Parameters<typeof fromConsultation>[0];
const now = new Date(2026, 10, 22, 15, 0);
const on = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const row = (more: Partial<Row>): Row => ({
  id: 'c',
  number: 'HZ1',
  state: 'submitted',
  kind: 'single',
  urgency: 'urgent',
  specialty: 'radiology',
  isImmediate: false,
  wantedAt: null,
  scheduledAt: null,
  patient: { id: 'p', name: '张三', sex: 'male', birthDate: null },
  requestingFacility: { id: 'f', name: '镇卫生院' },
  requesterName: '李医生',
  standing: 'expert',
  invited: [],
  dueAt: null,
  isOverdue: false,
  submittedAt: on(20, 9),
  revision: 1,
  ...more,
});
const invited = (isMine: boolean, state: 'waiting' | 'time-proposed' = 'waiting') => [
  { facilityName: '', expertName: null, state, isMine },
];
const kinds = (more: Partial<Row>) => fromConsultation(row(more), now).map(({ kind }) => kind);

test('an invitation stands there with its clock until it is answered, and only for who may answer it', () => {
  const waits = row({ standing: 'invited', invited: invited(true), dueAt: on(22, 16) });
  expect(fromConsultation(waits, now)).toMatchObject([{ kind: 'invitation', tone: 'warn', dueAt: on(22, 16) }]);
  expect(fromConsultation({ ...waits, isOverdue: true }, now)).toMatchObject([{ tone: 'bad' }]);
  // Another expert has accepted already; this one is still asked.
  expect(kinds({ ...waits, state: 'accepted' })).toEqual(['invitation']);
  expect(kinds({ standing: 'invited', invited: invited(true, 'time-proposed') })).toEqual([]);
  expect(kinds({ standing: 'requester', invited: invited(false) })).toEqual([]);
});

test('a session stands there on its day, and for who has a part in it', () => {
  expect(kinds({ state: 'scheduled', scheduledAt: on(22, 1) })).toEqual(['session']);
  expect(kinds({ state: 'scheduled', scheduledAt: on(22, 23), standing: 'requester' })).toEqual(['session']);
  expect(kinds({ state: 'scheduled', scheduledAt: on(23, 0) })).toEqual([]);
  expect(kinds({ state: 'accepted', isImmediate: true })).toEqual(['session']);
  expect(kinds({ state: 'live', scheduledAt: on(21, 9) })).toEqual(['session']);
  expect(kinds({ state: 'live', standing: 'observer' })).toEqual([]);
});

test('the opinion is owed by the expert alone', () => {
  expect(kinds({ state: 'opinion-due' })).toEqual(['opinion']);
  expect(kinds({ state: 'opinion-due', standing: 'requester' })).toEqual([]);
});
