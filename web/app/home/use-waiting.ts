import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { type Todo, todosOf } from './todos.ts';

type TileName = 'unread' | 'running' | 'drafts' | 'ready' | 'review' | 'quarantine' | 'failed' | 'duplicates';

export interface Tile {
  name: TileName;
  count: number | undefined;
  /** A page, or the word whose menu line leads there. */
  to?: '/delivery' | '/orders' | '/delivery/ledger' | '/patients/duplicates';
  word?: 'worklist' | 'imaging';
}

/** Asks only what the roles of the session may see; what may not be asked is not shown. */
export function useWaiting() {
  const may = useMay();
  const isRequester = may('order:write');
  const isTechnician = may('study:send') && may('quarantine:decide');
  const isReader = may('worklist:read');
  // A requesting doctor may look at the ledger, but mending it is not theirs to do.
  const watchesDelivery = may('delivery:read') && !isRequester;
  const sees = {
    inbox: may('result:acknowledge'),
    orders: isRequester || isTechnician,
    quarantine: may('quarantine:decide'),
    duplicates: may('patient:merge'),
  };
  const inbox = useQuery({
    ...ask('delivery', 'inbox', { unread: 'true', page: 1, pageSize: 50 }),
    enabled: sees.inbox,
  });
  const orders = useQuery({
    ...ask('orders', 'list', { state: ['submitted', 'returned'], page: 1, pageSize: 100 }),
    enabled: sees.orders,
  });
  const drafts = useQuery({ ...ask('orders', 'drafts'), enabled: isRequester });
  const failed = useQuery({
    ...ask('delivery', 'list', { state: ['rejected', 'failed'], page: 1, pageSize: 20 }),
    enabled: watchesDelivery,
  });
  const worklist = useQuery({ ...ask('worklist', 'list', { page: 1, pageSize: 1 }), enabled: isReader });
  const quarantine = useQuery({
    ...ask('imaging', 'quarantine', { state: 'open', page: 1, pageSize: 1 }),
    enabled: sees.quarantine,
  });
  const duplicates = useQuery({ ...ask('patients', 'duplicates'), enabled: sees.duplicates });

  const counts = worklist.data?.counts ?? {};
  const all: (Tile | false)[] = [
    sees.inbox && { name: 'unread', count: inbox.data?.unread, to: '/delivery' },
    isReader && { name: 'ready', count: counts.ready ?? (worklist.data ? 0 : undefined), word: 'worklist' },
    may('report:review') && {
      name: 'review',
      count: counts.submitted ?? (worklist.data ? 0 : undefined),
      word: 'worklist',
    },
    sees.orders && { name: 'running', count: orders.data?.total, to: '/orders' },
    isRequester && { name: 'drafts', count: drafts.data?.length, to: '/orders' },
    sees.quarantine && { name: 'quarantine', count: quarantine.data?.total, word: 'imaging' },
    watchesDelivery && { name: 'failed', count: failed.data?.total, to: '/delivery/ledger' },
    sees.duplicates && { name: 'duplicates', count: duplicates.data?.length, to: '/patients/duplicates' },
  ];
  const todos: Todo[] = todosOf({
    unread: inbox.data?.rows ?? [],
    orders: orders.data?.rows ?? [],
    drafts: drafts.data ?? [],
    undelivered: failed.data?.rows ?? [],
    isRequester,
    isTechnician,
  });
  const queries = [inbox, orders, drafts, failed, worklist, quarantine, duplicates];
  const broken = queries.find((query) => query.error);
  return {
    tiles: all.filter((tile) => tile !== false),
    todos,
    isLoading: queries.some((query) => query.isLoading),
    error: broken?.error,
    retry: () => queries.filter((query) => query.error).map((query) => query.refetch()),
  };
}
