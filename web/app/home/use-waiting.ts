import type { CaseState } from '@lianzhen/contracts/worklist.ts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { useMay, useSession } from '../../api/session.ts';
import { useListComma } from '../../api/texts.ts';
import { useNow } from '../../ui/use-now.ts';
import { isInvited, waitingConsultations } from './consultation-todos.ts';
import type { Todo } from './todo.ts';
import { todosOf } from './todos.ts';

type TileName =
  | 'unread'
  | 'invitations'
  | 'running'
  | 'drafts'
  | 'ready'
  | 'review'
  | 'quarantine'
  | 'failed'
  | 'duplicates';

export interface Tile {
  name: TileName;
  count: number | undefined;
  /** A page, or the word whose menu line leads there. */
  to?: '/delivery' | '/orders' | '/consultations' | '/delivery/ledger' | '/patients/duplicates';
  word?: 'worklist' | 'imaging';
}

/** What the roles of the session may look at, and what of it is their own matter. */
function useDuties() {
  const may = useMay();
  const isRequester = may('order:write');
  const isTechnician = may('study:send') && may('quarantine:decide');
  return {
    isRequester,
    isTechnician,
    isReader: may('worklist:read'),
    isReviewer: may('report:review'),
    // A requesting doctor may look at the ledger, but mending it is not theirs to do.
    watchesDelivery: may('delivery:read') && !isRequester,
    hasInbox: may('result:acknowledge'),
    followsOrders: isRequester || isTechnician,
    checksIdentities: may('quarantine:decide'),
    merges: may('patient:merge'),
    consults: may('consultation:read'),
    answers: may('consultation:answer'),
  };
}
type Duties = ReturnType<typeof useDuties>;

/** Enough to begin with; the queue itself has the rest. */
const casesAsked = 12;
const takenUp: CaseState[] = ['ready', 'rejected', 'submitted'];

/** Asks only what the session may see: what may not be asked is not shown. */
function useReads(duties: Duties) {
  const first = { page: 1, pageSize: 1 };
  return {
    inbox: useQuery({
      ...ask('delivery', 'inbox', { unread: 'true', page: 1, pageSize: 50 }),
      enabled: duties.hasInbox,
    }),
    orders: useQuery({
      ...ask('orders', 'list', { state: ['submitted', 'returned'], page: 1, pageSize: 100 }),
      enabled: duties.followsOrders,
    }),
    drafts: useQuery({ ...ask('orders', 'drafts'), enabled: duties.isRequester }),
    failed: useQuery({
      ...ask('delivery', 'list', { state: ['rejected', 'failed'], page: 1, pageSize: 20 }),
      enabled: duties.watchesDelivery,
    }),
    worklist: useQuery({
      ...ask('worklist', 'list', { state: takenUp, claimable: 'true', page: 1, pageSize: casesAsked }),
      enabled: duties.isReader,
    }),
    quarantine: useQuery({
      ...ask('imaging', 'quarantine', { state: 'open', ...first }),
      enabled: duties.checksIdentities,
    }),
    consultations: useQuery({
      ...ask('consultation', 'list', { box: 'mine', state: waitingConsultations, page: 1, pageSize: 100 }),
      enabled: duties.consults,
    }),
    duplicates: useQuery({ ...ask('patients', 'duplicates'), enabled: duties.merges }),
  };
}
type Reads = ReturnType<typeof useReads>;

function tilesOf(duties: Duties, reads: Reads): Tile[] {
  const { inbox, orders, drafts, failed, worklist, quarantine, duplicates, consultations } = reads;
  const invitations = consultations.data?.rows.filter(isInvited).length;
  const inState = (state: string) => worklist.data && (worklist.data.counts[state] ?? 0);
  const all: (Tile | false)[] = [
    duties.hasInbox && { name: 'unread', count: inbox.data?.unread, to: '/delivery' },
    duties.answers && { name: 'invitations', count: invitations, to: '/consultations' },
    duties.isReader && { name: 'ready', count: inState('ready'), word: 'worklist' },
    duties.isReviewer && { name: 'review', count: inState('submitted'), word: 'worklist' },
    duties.followsOrders && { name: 'running', count: orders.data?.total, to: '/orders' },
    duties.isRequester && { name: 'drafts', count: drafts.data?.length, to: '/orders' },
    duties.checksIdentities && { name: 'quarantine', count: quarantine.data?.total, word: 'imaging' },
    duties.watchesDelivery && { name: 'failed', count: failed.data?.total, to: '/delivery/ledger' },
    duties.merges && { name: 'duplicates', count: duplicates.data?.length, to: '/patients/duplicates' },
  ];
  return all.filter((tile) => tile !== false);
}

/** Everything that waits for the person, counted and, where they can act at once, one by one. */
export function useWaiting() {
  const duties = useDuties();
  const { accountId } = useSession();
  const reads = useReads(duties);
  const now = useNow(60_000);
  const comma = useListComma();
  const todos: Todo[] = todosOf({
    unread: reads.inbox.data?.rows ?? [],
    orders: reads.orders.data?.rows ?? [],
    drafts: reads.drafts.data ?? [],
    undelivered: reads.failed.data?.rows ?? [],
    cases: reads.worklist.data?.rows ?? [],
    consultations: reads.consultations.data?.rows ?? [],
    accountId,
    now,
    comma,
    ...duties,
  });
  const all = Object.values(reads);
  const { total = 0, rows = [] } = reads.worklist.data ?? {};
  return {
    /** With what the queue holds beyond the cases that were asked for. */
    count: todos.length + total - rows.length,
    tiles: tilesOf(duties, reads),
    todos,
    isLoading: all.some((query) => query.isLoading),
    error: all.find((query) => query.error)?.error,
    retry: () => all.filter((query) => query.error).map((query) => query.refetch()),
  };
}
