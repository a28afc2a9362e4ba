import type { ReachableCentre } from '@lianzhen/contracts/facilities.ts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import type { OrderDraft } from './draft.ts';

/** Where a request of this facility may go: the centres of its service line, and the paired hospitals that may take part. */
export function usePlaces(draft: OrderDraft) {
  const all = useQuery({
    ...ask('facilities', 'centres', { facilityId: draft.facilityId }),
    enabled: draft.facilityId !== '',
  });
  const agreements = useQuery(ask('facilities', 'agreements'));
  const everywhere = all.data ?? [];
  const centres = everywhere.filter((centre) => centre.line === draft.line).sort(openFirst);
  const open = centres.filter((centre) => centre.missing === null);
  // One open door needs no choice.
  const centreId = draft.centreId || (open.length === 1 ? (open[0]?.id ?? '') : '');
  const host = centres.find((centre) => centre.id === centreId)?.facility.id;
  const paired = (agreements.data ?? [])
    .filter(
      ({ kind, isInForce, fromId }) => kind === 'pairing' && isInForce && [draft.facilityId, host].includes(fromId),
    )
    .map(({ toId, toName }) => ({ id: toId, name: toName }))
    .filter(({ id }, at, list) => id !== host && list.findIndex((other) => other.id === id) === at);
  const lines = [...new Set(everywhere.map((centre) => centre.line))];
  return { all, centres, centreId, paired, lines };
}

const openFirst = (a: ReachableCentre, b: ReachableCentre): number =>
  Number(a.missing !== null) - Number(b.missing !== null);
