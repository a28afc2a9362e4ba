import { type LinkProps, linkOptions } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import type { Tone } from '../../ui/tone-tag.tsx';

type OrderRow = Outputs['orders']['list']['rows'][number];
type InboxRow = Outputs['delivery']['inbox']['rows'][number];
type Draft = Outputs['orders']['drafts'][number];
type Delivery = Outputs['delivery']['list']['rows'][number];

export type TodoKind = 'critical' | 'returned' | 'overdue' | 'result' | 'undelivered' | 'images' | 'draft';

export interface Todo {
  key: string;
  kind: TodoKind;
  tone: Tone;
  who: string;
  text: string;
  at: string;
  link: LinkProps;
}

/** What can be done first stands first: a life in danger, then what is stuck with me, then what is late, then the rest. */
const order: readonly TodoKind[] = ['critical', 'returned', 'overdue', 'result', 'undelivered', 'images', 'draft'];

export interface Waiting {
  unread: readonly InboxRow[];
  orders: readonly OrderRow[];
  drafts: readonly Draft[];
  undelivered: readonly Delivery[];
  /** Whether one writes requests: what is late or returned is then one's own matter. */
  isRequester: boolean;
  /** Whether one takes the images: what waits for them is then one's own matter. */
  isTechnician: boolean;
}

const exams = (row: Pick<OrderRow, 'exams'>): string => row.exams.map((exam) => exam.examName).join('、');
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
  if (row.state === 'returned' && waiting.isRequester)
    return [{ ...base, key: `returned-${row.id}`, kind: 'returned', tone: 'bad', text: exams(row) }];
  if (row.progress.isOverdue && waiting.isRequester)
    return [{ ...base, key: `overdue-${row.id}`, kind: 'overdue', tone: 'bad', text: exams(row) }];
  if (row.progress.step === 'waiting-for-images' && waiting.isTechnician) {
    const numbers = row.exams.map((exam) => `${exam.examName} ${exam.accessionNumber}`).join('、');
    return [{ ...base, key: `images-${row.id}`, kind: 'images', tone: 'info', text: numbers }];
  }
  return [];
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

/** Everything that waits for this person, the most pressing first, within a kind the oldest first. */
export function todosOf(waiting: Waiting): Todo[] {
  const todos: Todo[] = [
    ...waiting.unread.map(fromInbox),
    ...waiting.orders.flatMap((row) => fromOrder(row, waiting)),
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
  return todos.sort((a, b) => rank(a) - rank(b) || Date.parse(a.at) - Date.parse(b.at));
}
