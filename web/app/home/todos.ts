import { linkOptions } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import { fromConsultation } from './consultation-todos.ts';
import type { Todo, TodoKind } from './todo.ts';

type OrderRow = Outputs['orders']['list']['rows'][number];
type InboxRow = Outputs['delivery']['inbox']['rows'][number];
type Draft = Outputs['orders']['drafts'][number];
type Delivery = Outputs['delivery']['list']['rows'][number];
type ConsultationRow = Outputs['consultation']['list']['rows'][number];
type CaseRow = Outputs['worklist']['list']['rows'][number];

/** What can be done first stands first: a life in danger, then what is stuck with me, then what is late, then the rest. */
const order: readonly TodoKind[] = [
  ...(['critical', 'emergency', 'invitation', 'session', 'returned', 'rejected', 'overdue', 'result'] as const),
  ...(['opinion', 'review', 'read', 'undelivered', 'images', 'draft'] as const),
];

export interface Waiting {
  unread: readonly InboxRow[];
  orders: readonly OrderRow[];
  drafts: readonly Draft[];
  undelivered: readonly Delivery[];
  /** Of the queue, what this person may take up. */
  cases: readonly CaseRow[];
  consultations: readonly ConsultationRow[];
  accountId: string;
  now: Date;
  /** Whether one writes requests: what is late or returned is then one's own matter. */
  isRequester: boolean;
  /** Whether one takes the images: what waits for them is then one's own matter. */
  isTechnician: boolean;
  /** Between the members of a list, in the language of the page. */
  comma: string;
}

const exams = (row: { exams: readonly { examName: string }[] }, { comma }: Waiting): string =>
  row.exams.map((exam) => exam.examName).join(comma);
const toOrder = (orderId: string) => linkOptions({ to: '/orders/$orderId', params: { orderId } });

function fromInbox(row: InboxRow): Todo {
  return {
    key: `result-${row.id}`,
    kind: row.critical ? 'critical' : 'result',
    tone: row.critical ? 'bad' : row.positive ? 'warn' : 'info',
    who: row.patientName,
    text: row.impression,
    at: row.acceptedAt ?? row.createdAt,
    link: linkOptions({ to: '/results/$versionId', params: { versionId: row.versionId } }),
  };
}

function fromOrder(row: OrderRow, waiting: Waiting): Todo[] {
  const base = { who: row.patient.name, at: row.submittedAt, link: toOrder(row.id) };
  // Either may answer a returned one, and images that are to be taken again are the technician's.
  if (row.state === 'returned' && (waiting.isRequester || waiting.isTechnician))
    return [
      {
        ...base,
        key: `returned-${row.id}`,
        kind: 'returned',
        tone: 'bad',
        text: exams(row, waiting),
        returnedKind: row.returnedKind,
      },
    ];
  if (row.progress.isOverdue && waiting.isRequester)
    return [{ ...base, key: `overdue-${row.id}`, kind: 'overdue', tone: 'bad', text: exams(row, waiting) }];
  if (row.progress.step === 'waiting-for-images' && waiting.isTechnician) {
    const numbers = row.exams.map((exam) => `${exam.examName} ${exam.accessionNumber}`).join(waiting.comma);
    return [{ ...base, key: `images-${row.id}`, kind: 'images', tone: 'info', text: numbers }];
  }
  return [];
}

/** A case that somebody else has in hand, or that I wrote and may not review, does not wait for me. */
function fromCase(row: CaseRow, waiting: Waiting): Todo[] {
  const { accountId } = waiting;
  const isMine = row.writerId === accountId;
  const isOthers = row.holder !== null && row.holder.accountId !== accountId;
  if (isOthers || (row.state === 'submitted' && isMine) || (row.state === 'rejected' && !isMine)) return [];
  const plain = row.state === 'rejected' ? 'rejected' : row.state === 'submitted' ? 'review' : 'read';
  const isPressing = row.urgency === 'emergency' || row.isOverdue;
  return [
    {
      key: `case-${row.id}`,
      kind: row.urgency === 'emergency' && plain !== 'rejected' ? 'emergency' : plain,
      tone: isPressing || plain === 'rejected' ? 'bad' : row.urgency === 'urgent' ? 'warn' : 'info',
      who: row.patient.name,
      text: `${exams(row, waiting)} · ${row.requestingFacility}`,
      at: row.readyAt ?? row.submittedAt,
      link: linkOptions({ to: '/worklist/$caseId', params: { caseId: row.id } }),
    },
  ];
}

function fromDraft(draft: Draft): Todo {
  const { patient, purpose, key } = draft.content as { patient?: { name?: unknown }; purpose?: unknown; key?: unknown };
  return {
    key: `draft-${draft.id}`,
    kind: 'draft',
    tone: 'quiet',
    who: typeof patient?.name === 'string' ? patient.name : '',
    text: typeof purpose === 'string' ? purpose : '',
    at: draft.updatedAt,
    link: linkOptions({ to: '/orders/new', search: { draft: typeof key === 'string' && key ? key : draft.id } }),
  };
}

/** These come in the order of the queue, which knows urgency and deadline. */
const queued: readonly TodoKind[] = ['emergency', 'rejected', 'review', 'read'];

/** Everything that waits for this person, the most pressing first, within a kind the oldest first. */
export function todosOf(waiting: Waiting): Todo[] {
  const todos: Todo[] = [
    ...waiting.unread.map(fromInbox),
    ...waiting.orders.flatMap((row) => fromOrder(row, waiting)),
    ...waiting.cases.flatMap((row) => fromCase(row, waiting)),
    ...waiting.consultations.flatMap((row) => fromConsultation(row, waiting.now)),
    ...waiting.drafts.map(fromDraft),
    ...waiting.undelivered.map(
      (row): Todo => ({
        key: `undelivered-${row.id}`,
        kind: 'undelivered',
        tone: 'bad',
        who: row.facility.name,
        text: `${row.patientName} ${row.answer ?? ''}`,
        at: row.sentAt ?? row.createdAt,
        link: linkOptions({ to: '/delivery/ledger', search: { state: row.state } }),
      }),
    ),
  ];
  const rank = (todo: Todo) => order.indexOf(todo.kind);
  const age = (a: Todo, b: Todo) => (queued.includes(a.kind) ? 0 : Date.parse(a.at) - Date.parse(b.at));
  return todos.sort((a, b) => rank(a) - rank(b) || age(a, b));
}
