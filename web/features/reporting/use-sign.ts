import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { type ApiError, asApiError } from '../../api/api-error.ts';
import { ask, useAct } from '../../api/queries.ts';
import type { DoneKind, Report, ReportPanelProps } from './panel-props.ts';
import { proposePolarity } from './propose-polarity.ts';
import { type Missing, missingIn } from './report-body.ts';
import { useReportingText } from './texts.ts';
import type { ReportText } from './use-report-text.ts';

interface Input extends Pick<ReportPanelProps, 'hold' | 'endHold' | 'onLost' | 'onDone'> {
  view: Report;
  text: ReportText;
  /** Puts the cursor where something is missing. */
  focus: (part: Missing) => void;
}

/** Every signature of the desk, and what ends one's hold without any: what is typed is saved first, and the revision that was seen is the one that is signed. */
export function useSign({ view, hold, text, endHold, onLost, onDone, focus }: Input) {
  const t = useReportingText();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [missing, setMissing] = useState<Missing[]>([]);
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState<DoneKind>();
  const acts = useSignatures();
  const isComplete = (): boolean => {
    const body = text.latest();
    const found = missingIn({ ...body, positive: body.positive ?? proposePolarity(body.impression) });
    setMissing(found);
    if (found[0]) focus(found[0]);
    return found.length === 0;
  };

  const sign = async (kind: DoneKind, leaseToken: string, reason: string): Promise<boolean> => {
    const saver = text.saver();
    const isSaved = await saver.flush();
    if (!isSaved) {
      void message.warning(t('cannotSign'));
      return false;
    }
    const signing = { id: view.id, revision: saver.revision, leaseToken };
    const signed = await endHold(() =>
      kind === 'rejected' ? acts.rejected.mutateAsync({ ...signing, reason }) : acts[kind].mutateAsync(signing),
    );
    saver.finish();
    cache.setQueryData(ask('reporting', 'ofCase', { caseId: view.caseId }).queryKey, signed);
    onDone(kind === 'submitted' && signed.state === 'final' ? 'approved' : kind);
    return true;
  };

  const run = async (kind: DoneKind, reason = '') => {
    if (!hold || busy) return;
    setError(undefined);
    const isSignature = kind !== 'rejected' && kind !== 'abandoned';
    if (isSignature && !isComplete()) return;
    setBusy(kind);
    const isProposal = isSignature && adoptProposal(text);
    // Where no answer came it may have been signed, and with it the proposal.
    let isOpen = true;
    try {
      isOpen = !(await sign(kind, hold.token, reason));
    } catch (cause) {
      const failure = asApiError(cause);
      isOpen = failure.code !== 'unreachable';
      if (failure.code === 'lease-lost') onLost();
      // Another window wrote between the save and the signature: the saver finds out what.
      if (failure.code === 'stale-revision') void text.saver().lookAgain();
      setError(failure);
    } finally {
      setBusy(undefined);
      if (isProposal && isOpen) text.change({ positive: null });
    }
  };
  const clear = (part: Missing) => setMissing((now) => now.filter((one) => one !== part));
  return { run: (kind: DoneKind, reason?: string) => void run(kind, reason), busy, error, missing, clear };
}
export type Sign = ReturnType<typeof useSign>;

const useSignatures = () => ({
  submitted: useAct('reporting', 'submit'),
  preliminary: useAct('reporting', 'issuePreliminary'),
  approved: useAct('reporting', 'approve'),
  rejected: useAct('reporting', 'reject'),
  abandoned: useAct('reporting', 'abandon'),
});

/** The proposal is signed as it is shown, unless the doctor has changed it; unsigned, it stays a proposal. */
function adoptProposal(text: ReportText): boolean {
  const { positive, impression } = text.latest();
  if (positive !== null) return false;
  text.change({ positive: proposePolarity(impression) });
  return true;
}
