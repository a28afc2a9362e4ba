import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import type { DraftQueue } from '../../api/drafts/draft-queue.ts';
import { useAct } from '../../api/queries.ts';
import { bodyOf, type DraftField, missingIn, type OrderDraft } from './draft.ts';
import { fieldsOf } from './draft-errors.ts';
import { goTo, type Marks } from './form-field.tsx';
import { useOrdersText } from './texts.ts';

const placesOfPart: Partial<Record<keyof OrderDraft, readonly DraftField[]>> = {
  patient: ['patient'],
  exams: ['exams', 'sides'],
  line: ['exams', 'sides', 'centre'],
  centreId: ['centre'],
  purpose: ['purpose'],
  history: ['history'],
  diagnosisCode: ['diagnosis'],
  diagnosisText: ['diagnosis'],
  consentSigner: ['consentSigner'],
  consentRelation: ['consentRelation'],
  consentMethod: ['consentMethod'],
  consentAt: ['consentAt'],
  urgency: ['consentMethod'],
  pairedFacilityId: ['paired'],
};

/** Sending: names what is missing, shows what the hub refuses at its place, and leaves the page once it has arrived. */
export function useSend(draft: OrderDraft, queue: () => DraftQueue) {
  const t = useOrdersText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [isTried, setTried] = useState(false);
  const [isPreparing, setPreparing] = useState(false);
  const [unsaved, setUnsaved] = useState<ApiError>();
  const [refused, setRefused] = useState<ReadonlySet<DraftField>>(new Set());
  const act = useAct('orders', 'send', {
    onSuccess: (order) => {
      queue().finish();
      void message.success(t('sent'));
      void navigate({ to: '/orders/$orderId', params: { orderId: order.id }, replace: true });
    },
    onError: (error) => {
      const fields = fieldsOf(error);
      setRefused(fields);
      const [first] = fields;
      if (first) goTo(first);
    },
  });
  const missing = missingIn(draft);
  const send = async () => {
    setTried(true);
    if (act.isPending || isPreparing) return;
    const [first] = missing;
    if (first) return goTo(first);
    setPreparing(true);
    setUnsaved(undefined);
    // The order takes its draft's id, so that sending again after a lost answer makes no second request. Without a
    // draft at the hub nothing is sent, therefore.
    if (!queue().draftId) queue().change(draft);
    await queue().flush();
    setPreparing(false);
    const body = bodyOf(draft);
    const { draftId, trouble } = queue();
    if (!draftId) setUnsaved(new ApiError(trouble ?? 'unreachable'));
    else if (body) act.mutate({ ...body, draftId });
  };
  /** A refused field that is changed is no longer marked; the hub looks at it anew. */
  const changed = (part: Partial<OrderDraft>) => {
    const touched = new Set(Object.keys(part).flatMap((key) => placesOfPart[key as keyof OrderDraft] ?? []));
    if ([...refused].some((field) => touched.has(field)))
      setRefused(new Set([...refused].filter((field) => !touched.has(field))));
    if (act.error) act.reset();
    setUnsaved(undefined);
  };
  const marks = marksOf(refused, isTried ? missing : []);
  return {
    send,
    changed,
    marks,
    missing,
    refused: [...refused],
    isTried,
    isBusy: act.isPending || isPreparing,
    error: act.error ?? unsaved ?? null,
  };
}

const marksOf = (refused: Iterable<DraftField>, missing: readonly DraftField[]): Marks =>
  new Map([
    ...[...refused].map((field) => [field, 'refused'] as const),
    ...missing.map((field) => [field, 'missing'] as const),
  ]);
