import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import type { DraftQueue } from '../../api/drafts/draft-queue.ts';
import { useAct } from '../../api/queries.ts';
import { bodyOf, type RequestDraft, type RequestField, requestFields } from './request-draft.ts';
import { goTo } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

/** Sending: names what is missing, and leaves the page once it has arrived. */
export function useSendRequest(draft: RequestDraft, queue: () => DraftQueue) {
  const t = useConsultationText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [isTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [unsaved, setUnsaved] = useState<ApiError>();
  const act = useAct('consultation', 'send', {
    onSuccess: ({ id }) => {
      queue().finish();
      void message.success(t('sent'));
      void navigate({ to: '/consultations/$consultationId', params: { consultationId: id }, replace: true });
    },
    onError: (error) => {
      const [field] = refusedIn(error.details);
      if (field) goTo(field);
    },
  });
  const checked = bodyOf(draft);
  const missing = 'missing' in checked ? checked.missing : [];
  const send = async () => {
    setTried(true);
    if (act.isPending || isSaving) return;
    const [first] = missing;
    if (first) {
      goTo(first);
      return;
    }
    setSaving(true);
    setUnsaved(undefined);
    // The consultation takes its draft's id, so that sending again after a lost answer makes no second one. Without a
    // draft at the hub nothing is sent, therefore.
    if (!queue().draftId) queue().change(draft);
    await queue().flush();
    setSaving(false);
    const { draftId, trouble } = queue();
    if (!draftId) setUnsaved(new ApiError(trouble ?? 'unreachable'));
    else if ('body' in checked) act.mutate({ ...checked.body, draftId });
  };
  const refused = act.error ? refusedIn(act.error.details) : [];
  return {
    send: () => void send(),
    reset: () => {
      if (act.error) act.reset();
      setUnsaved(undefined);
    },
    missing: [...new Set([...missing, ...refused])],
    isTried,
    isBusy: act.isPending || isSaving,
    error: act.error ?? unsaved ?? null,
  };
}

/** The places of the form that a refusal names. */
function refusedIn(details: Record<string, unknown>): RequestField[] {
  const told = JSON.stringify(details);
  return requestFields.filter((field) => told.includes(`"${field}`));
}
