import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { claimOf } from './claim-rules.ts';
import { useClaimFailure } from './use-claim-failure.ts';
import { useReader } from './use-reader.ts';
import type { WorklistSearch } from './worklist-search.ts';

export type Row = Outputs['worklist']['list']['rows'][number];
export type Kase = Outputs['worklist']['read'];

/** Shows a case on the desk with what the hub has just said of it, so that the desk need not ask again first. */
export function useShowCase(search: WorklistSearch): (kase: Kase) => void {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return (kase) => {
    cache.setQueryData(ask('worklist', 'read', { id: kase.id }).queryKey, kase);
    void navigate({ to: '/worklist/$caseId', params: { caseId: kase.id }, search });
  };
}

/** Opens a case of the queue. What is free is claimed by that; what is not is only looked at. */
export function useOpenCase(search: WorklistSearch) {
  const navigate = useNavigate();
  const me = useReader();
  const show = useShowCase(search);
  const failed = useClaimFailure();
  const claim = useAct('worklist', 'claim', { onSuccess: show, onError: failed });
  const open = (row: Row) => {
    if (claim.isPending) return;
    if (claimOf(row, me, new Date()).can) claim.mutate({ id: row.id });
    else void navigate({ to: '/worklist/$caseId', params: { caseId: row.id }, search });
  };
  return { open, claimingId: claim.isPending ? claim.variables.id : undefined };
}
