import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Space } from 'antd';
import { useEffect, useRef } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { useLanguage } from '../../api/texts.ts';
import { spanText } from '../../ui/time.ts';
import { useWorklistText } from './texts.ts';
import { useClaimFailure } from './use-claim-failure.ts';
import type { Lease } from './use-lease.ts';
import { type Kase, useShowCase } from './use-open-case.ts';
import type { WorklistSearch } from './worklist-search.ts';

const shownSeconds = 20;

/** A person may have two cases at once. */
const caseName = ({ patient, exams }: Kase): string => `${patient.name} ${exams[0]?.examName ?? ''}`.trim();

/** Puts the case back into the queue, and goes there; a slip is undone by claiming it again. */
export function useRelease(kase: Kase, lease: Lease, search: WorklistSearch, save: () => Promise<unknown>) {
  const t = useWorklistText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const show = useShowCase(search);
  const failed = useClaimFailure();
  const claim = useAct('worklist', 'claim', { onSuccess: show, onError: failed });
  const release = useAct('worklist', 'release');
  const run = async () => {
    const { hold } = lease;
    if (!hold) return;
    await save();
    await lease.endHold(() => release.mutateAsync({ id: kase.id, leaseToken: hold.token }));
    const key = `released-${kase.id}`;
    const undo = () => {
      message.destroy(key);
      claim.mutate({ id: kase.id });
    };
    void message.open({
      key,
      type: 'success',
      duration: 8,
      content: (
        <>
          {t('released', { name: caseName(kase) })}{' '}
          <Button type="link" size="small" onClick={undo}>
            {t('undo')}
          </Button>
        </>
      ),
    });
    void navigate({ to: '/worklist', search });
  };
  return {
    release: () => void run().catch(() => undefined),
    isPending: release.isPending,
    error: release.error,
  };
}

/**
 * Whoever leaves the desk without letting go is offered to do so, beside the page he went to: nothing stands in his
 * way, and the case returns by itself when the lease has run out.
 */
export function useLeaveOffer(kase: Kase, lease: Lease, search: WorklistSearch): void {
  const t = useWorklistText();
  const language = useLanguage();
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const release = useAct('worklist', 'release');
  const offer = () => {
    const { hold } = lease;
    // The address still names this case while a page is only taken apart, as at log-out.
    if (!hold || window.location.pathname.endsWith(kase.id)) return;
    const key = `held-${kase.id}`;
    const close = () => notification.destroy(key);
    const letGo = () => {
      close();
      release.mutate({ id: kase.id, leaseToken: hold.token });
    };
    const back = () => {
      close();
      void cache.invalidateQueries({ queryKey: ask('worklist', 'read', { id: kase.id }).queryKey });
      void navigate({ to: '/worklist/$caseId', params: { caseId: kase.id }, search });
    };
    notification.open({
      key,
      type: 'info',
      title: t('stillHeld', { name: caseName(kase) }),
      description: t('stillHeldNote', { span: spanText(lease.spanMs, language) }),
      duration: shownSeconds,
      // Not on the right: there lie the signatures of the next case.
      placement: 'bottomLeft',
      actions: (
        <Space>
          <Button size="small" onClick={letGo}>
            {t('releaseNow')}
          </Button>
          <Button size="small" type="primary" onClick={back}>
            {t('goBack')}
          </Button>
        </Space>
      ),
    });
  };
  const latest = useRef(offer);
  latest.current = offer;
  useEffect(() => () => latest.current(), []);
}
