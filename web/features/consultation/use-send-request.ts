import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { DraftSaver } from './draft-saver.ts';
import { bodyOf, type RequestDraft, type RequestField, requestFields } from './request-draft.ts';
import { goTo } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

/** Sending: names what is missing, and leaves the page once it has arrived. */
export function useSendRequest(draft: RequestDraft, saver: () => DraftSaver) {
  const t = useConsultationText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [isTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const act = useAct('consultation', 'send', {
    onSuccess: ({ id }) => {
      saver().finish();
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
    // The consultation takes its draft's id, so that sending again after a lost answer makes no second one.
    const known = await saver().flush();
    setSaving(false);
    if ('body' in checked) act.mutate({ ...checked.body, ...(known ? { draftId: known.id } : {}) });
  };
  const refused = act.error ? refusedIn(act.error.details) : [];
  return {
    send: () => void send(),
    reset: () => act.error && act.reset(),
    missing: [...new Set([...missing, ...refused])],
    isTried,
    isBusy: act.isPending || isSaving,
    error: act.error,
  };
}

/** The places of the form that a refusal names. */
function refusedIn(details: Record<string, unknown>): RequestField[] {
  const told = JSON.stringify(details);
  return requestFields.filter((field) => told.includes(`"${field}`));
}
