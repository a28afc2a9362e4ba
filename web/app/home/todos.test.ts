import { expect, test } from 'vitest';
import { todosOf, type Waiting } from './todos.ts';

const progress = {
  step: 'in-queue',
  holder: null,
  waitsFor: 'reader',
  readyAt: null,
  dueAt: null,
  deadlineMinutes: 60,
  ahead: 1,
  isOverdue: false,
} as const;
const order = (id: string, submittedAt: string, more: object = {}) =>
  ({
    id,
    number: id,
    line: 'imaging',
    state: 'submitted',
    urgency: 'routine',
    patient: { id: 'p', name: `患者${id}`, sex: 'male', birthDate: null },
    exams: [{ examName: '胸部正位片', modality: 'DX', accessionNumber: `A-${id}` }],
    centreName: '',
    requesterName: null,
    submittedAt,
    progress,
    hasUnreadResult: false,
    ...more,
  }) as Waiting['orders'][number];
const result = (id: string, createdAt: string, critical: boolean) =>
  ({
    id,
    versionId: id,
    patientName: '',
    impression: '',
    critical,
    positive: critical,
    createdAt,
    acceptedAt: null,
  }) as Waiting['unread'][number];
const nothing: Waiting = {
  unread: [],
  orders: [],
  drafts: [],
  undelivered: [],
  cases: [],
  consultations: [],
  now: new Date('2026-03-01T10:00:00Z'),
  accountId: 'me',
  comma: '、',
  isRequester: true,
  isTechnician: false,
};
const keys = (waiting: Waiting) => todosOf(waiting).map((todo) => todo.key);

test('a life in danger stands before everything, a draft behind everything', () => {
  const waiting: Waiting = {
    ...nothing,
    unread: [result('plain', '2026-03-01T01:00:00Z', false), result('grave', '2026-03-01T09:00:00Z', true)],
    orders: [
      order('late', '2026-03-01T02:00:00Z', { progress: { ...progress, isOverdue: true } }),
      order('back', '2026-03-01T03:00:00Z', { state: 'returned', progress: { ...progress, step: 'returned' } }),
      order('fine', '2026-03-01T00:00:00Z'),
    ],
    drafts: [{ id: 'd', content: {}, revision: 1, updatedAt: '2026-02-01T00:00:00Z' }],
  };
  expect(keys(waiting)).toEqual(['result-grave', 'returned-back', 'overdue-late', 'result-plain', 'draft-d']);
});

test('within a kind the one that waits longest is first', () => {
  const unread = [result('b', '2026-03-01T02:00:00Z', false), result('a', '2026-03-01T01:00:00Z', false)];
  expect(keys({ ...nothing, unread })).toEqual(['result-a', 'result-b']);
});

test('a technician is told what came back: the images may have to be taken again', () => {
  const orders = [order('back', '2026-03-01T03:00:00Z', { state: 'returned', returnedKind: 'bad-quality' })];
  const todos = todosOf({ ...nothing, orders, isRequester: false, isTechnician: true });
  expect(todos).toMatchObject([{ key: 'returned-back', returnedKind: 'bad-quality' }]);
});

test('a technician is told what waits for images, with its accession number, and not what is late elsewhere', () => {
  const orders = [
    order('new', '2026-03-01T02:00:00Z', { progress: { ...progress, step: 'waiting-for-images' } }),
    order('late', '2026-03-01T02:00:00Z', { progress: { ...progress, isOverdue: true } }),
  ];
  const todos = todosOf({ ...nothing, orders, isRequester: false, isTechnician: true });
  expect(todos.map((todo) => [todo.kind, todo.text])).toEqual([['images', '胸部正位片 A-new']]);
});

test('a draft of which nothing is understood is still offered', () => {
  const drafts = [{ id: 'd', content: { patient: 7, key: 3 }, revision: 1, updatedAt: '2026-02-01T00:00:00Z' }];
  expect(todosOf({ ...nothing, drafts })).toMatchObject([{ who: '', link: { search: { draft: 'd' } } }]);
});

const kase = (id: string, state: string, more: object = {}) =>
  ({
    id,
    state,
    urgency: 'routine',
    patient: { name: `患者${id}` },
    exams: [{ examName: '胸部平扫' }],
    requestingFacility: '镇卫生院',
    submittedAt: '2026-03-01T01:00:00Z',
    readyAt: '2026-03-01T01:05:00Z',
    isOverdue: false,
    holder: null,
    writerId: null,
    ...more,
  }) as Waiting['cases'][number];

test('a reader is told what waits in the queue: emergencies, what came back, what is to be reviewed, then the rest', () => {
  const cases = [
    kase('plain', 'ready'),
    kase('review', 'submitted', { writerId: 'other' }),
    kase('back', 'rejected', { writerId: 'me' }),
    kase('older', 'ready', { readyAt: '2026-03-01T00:05:00Z' }),
    kase('grave', 'ready', { urgency: 'emergency' }),
  ];
  // Within a kind the queue's own order stays: it knows the deadlines.
  expect(keys({ ...nothing, cases })).toEqual([
    ...['case-grave', 'case-back', 'case-review', 'case-plain', 'case-older'],
  ]);
});

test('what others have in hand or must do themselves does not wait for me', () => {
  const holder = { accountId: 'other', name: '', purpose: 'read', until: '2026-03-01T02:00:00Z' };
  const cases = [
    kase('held', 'ready', { holder }),
    kase('own', 'submitted', { writerId: 'me' }),
    kase('theirs', 'rejected', { writerId: 'other' }),
  ];
  expect(keys({ ...nothing, cases })).toEqual([]);
});
