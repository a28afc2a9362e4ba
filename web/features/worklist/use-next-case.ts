import { App } from 'antd';
import { asApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/queries.ts';
import { useWorklistText } from './texts.ts';
import { useClaimFailure } from './use-claim-failure.ts';
import { useShowCase } from './use-open-case.ts';
import { useReader } from './use-reader.ts';
import { countConditions, purposeWanted, queryOf, type WorklistSearch } from './worklist-search.ts';

type Purpose = 'read' | 'review';

/**
 * Claims the first free case by the filter and shows it. Where none is left to read, who may review is given one to
 * review, and the other way round.
 */
export function useNextCase(search: WorklistSearch, now?: { purpose: Purpose; caseId: string }) {
  const t = useWorklistText();
  const { message } = App.useApp();
  const me = useReader();
  const show = useShowCase(search);
  const failed = useClaimFailure();
  const claim = useAct('worklist', 'next');
  const next = async () => {
    if (claim.isPending) return;
    const first = now?.purpose ?? purposeWanted(search);
    const second: Purpose = first === 'read' ? 'review' : 'read';
    const wanted = [first, second].filter((purpose) => purpose === 'read' || me.mayReview);
    const { state: _, ...query } = queryOf(search) ?? {};
    try {
      for (const purpose of wanted) {
        const found = await claim.mutateAsync({ query, purpose, ...(now ? { after: now.caseId } : {}) });
        if (found.case) return show(found.case);
      }
      void message.info(t(countConditions(search, ['state']) > 0 ? 'nextNoneHere' : 'nextNone'));
    } catch (cause) {
      failed(asApiError(cause));
    }
  };
  return { next: () => void next(), isPending: claim.isPending };
}
