import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { type ApiError, asApiError } from '../../../api/api-error.ts';
import { ask, useAct } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import { useEcgText } from '../texts.ts';

/** Takes an alarm with one press: it is one's own, its case is claimed where one may, and it is opened. */
export function useAnswer() {
  const t = useEcgText();
  const may = useMay();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const acknowledge = useAct('ecg', 'acknowledgeAlarm');
  const claim = useAct('worklist', 'claim');
  const sayWhy = ({ code, details }: ApiError) => {
    const by = details.by ?? details.holder;
    void message.warning(code === 'already-claimed' && by ? t('takenBy', { name: String(by) }) : errorText(code), 5);
  };
  const openCase = async (caseId: string) => {
    try {
      const claimed = await claim.mutateAsync({ id: caseId });
      cache.setQueryData(ask('worklist', 'read', { id: caseId }).queryKey, claimed);
    } catch (cause) {
      // Somebody else reads it, or it is signed: it is opened all the same, to be looked at.
      sayWhy(asApiError(cause));
    }
    await navigate({ to: '/worklist/$caseId', params: { caseId }, search: {} });
  };
  const open = (alarm: EcgAlarmRow) =>
    alarm.caseId !== null && may('case:claim')
      ? openCase(alarm.caseId)
      : navigate({ to: '/ecg/$traceId', params: { traceId: alarm.traceId } });
  const answer = async (alarm: EcgAlarmRow) => {
    if (acknowledge.isPending) return;
    try {
      await open(await acknowledge.mutateAsync({ id: alarm.id, revision: alarm.revision }));
    } catch (cause) {
      sayWhy(asApiError(cause));
    }
  };
  return {
    answer: (alarm: EcgAlarmRow) => void answer(alarm),
    open,
    busyId: acknowledge.isPending ? acknowledge.variables.id : undefined,
  };
}
