import type { CaseView } from '@lianzhen/contracts/worklist.ts';

type Events = Pick<CaseView['events'][number], 'kind' | 'byName' | 'reason' | 'at'>[];

/** The take-over that ended one's hold: the first by somebody else since one claimed the case last. It stays true when he is done. */
export function takenOverFrom(me: string, events: Events): Events[number] | undefined {
  const last = events.findLastIndex(({ kind, byName }) => kind === 'claimed' && byName === me);
  if (last < 0) return undefined;
  return events.slice(last + 1).find(({ kind, byName }) => kind === 'taken-over' && byName !== me);
}
