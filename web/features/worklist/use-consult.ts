import { useNavigate } from '@tanstack/react-router';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import type { Kase } from './use-open-case.ts';

/**
 * Turns the case on the desk into a request for a consultation, with everything attached and what is written so far; a
 * case that has one already leads there.
 */
export function useConsult(kase: Kase, save: () => Promise<unknown>) {
  const may = useMay();
  const navigate = useNavigate();
  const show = (consultationId: string) =>
    void navigate({ to: '/consultations/$consultationId', params: { consultationId } });
  const act = useAct('consultation', 'fromCase', {
    onSuccess: (draft) => void navigate({ to: '/consultations/new', search: { draft: draft.id } }),
    onError: ({ code, details }) => {
      if (code === 'already-exists' && typeof details.id === 'string') show(details.id);
    },
  });
  const run = async () => {
    if (act.isPending) return;
    if (kase.consultation) {
      show(kase.consultation.id);
      return;
    }
    await save();
    act.mutate({ caseId: kase.id });
  };
  return {
    isPossible: may('consultation:request'),
    run: () => void run().catch(() => undefined),
    isPending: act.isPending,
    error: act.error?.code === 'already-exists' ? null : act.error,
  };
}
