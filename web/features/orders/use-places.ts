import { isReceivable, type ReachableCentre } from '@lianzhen/contracts/facilities.ts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import type { OrderDraft } from './draft.ts';

/** A centre, and why nothing can be sent there now; null where it can. */
export interface Place extends ReachableCentre {
  closed: ReachableCentre['missing'] | 'not-receivable';
}

/** Where a request of this facility may go: the lines that are open to it, the centres of its service line, and the paired hospitals that may take part. */
export function usePlaces(draft: OrderDraft) {
  const all = useQuery({
    ...ask('facilities', 'centres', { facilityId: draft.facilityId }),
    enabled: draft.facilityId !== '',
  });
  const agreements = useQuery(ask('facilities', 'agreements'));
  const everywhere: Place[] = (all.data ?? []).map((centre) => ({
    ...centre,
    closed: isReceivable(centre.line) ? centre.missing : 'not-receivable',
  }));
  const centres = everywhere.filter((centre) => centre.line === draft.line).sort(openFirst);
  const open = centres.filter((centre) => centre.closed === null);
  // One open door needs no choice.
  const centreId = draft.centreId || (open.length === 1 ? (open[0]?.id ?? '') : '');
  const host = centres.find((centre) => centre.id === centreId)?.facility.id;
  const paired = (agreements.data ?? [])
    .filter(
      ({ kind, isInForce, fromId }) => kind === 'pairing' && isInForce && [draft.facilityId, host].includes(fromId),
    )
    .map(({ toId, toName }) => ({ id: toId, name: toName }))
    .filter(({ id }, at, list) => id !== host && list.findIndex((other) => other.id === id) === at);
  const linesOf = (some: Place[]) => [...new Set(some.map((centre) => centre.line))];
  const lines = linesOf(everywhere.filter((centre) => centre.closed === null));
  const closedLines = linesOf(everywhere).filter((line) => !lines.includes(line));
  return { all, centres, centreId, paired, lines, closedLines };
}

const openFirst = (a: Place, b: Place): number => Number(a.closed !== null) - Number(b.closed !== null);
