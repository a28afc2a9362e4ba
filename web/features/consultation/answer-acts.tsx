import { Button, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import type { Consultation, Invitation } from './consultation.ts';
import { ProposeTime } from './propose-time.tsx';
import { useConsultationText } from './texts.ts';

/** The answer of who is asked: yes, another time, no, or what is missing first. */
export function AnswerActs({ kase, invitation }: { kase: Consultation; invitation: Invitation }) {
  const t = useConsultationText();
  const [asked, setAsked] = useState<'decline' | 'ask-supplement' | 'propose-time'>();
  const close = () => setAsked(undefined);
  const accept = useAct('consultation', 'accept');
  const decline = useAct('consultation', 'decline', { onSuccess: close });
  const supplement = useAct('consultation', 'askSupplement', { onSuccess: close });
  const may = (act: Consultation['acts'][number]) => kase.acts.includes(act);
  const of = { id: kase.id, invitationId: invitation.id };
  return (
    <>
      <Space wrap className="answer-acts">
        {may('accept') && invitation.state !== 'accepted' && (
          <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate(of)} data-testid="accept">
            {t('accept')}
          </Button>
        )}
        {may('propose-time') && (
          <Button onClick={() => setAsked('propose-time')} data-testid="propose-time">
            {t('proposeTime')}
          </Button>
        )}
        {may('ask-supplement') && !kase.supplementAskedAt && (
          <Button onClick={() => setAsked('ask-supplement')} data-testid="ask-supplement">
            {t('askSupplement')}
          </Button>
        )}
        {may('decline') && (
          <Button danger onClick={() => setAsked('decline')} data-testid="decline">
            {t('decline')}
          </Button>
        )}
      </Space>
      {accept.error && <Failure error={accept.error} what={t('accept')} />}
      <ReasonDialog
        isOpen={asked === 'decline'}
        title={t('decline')}
        note={t('declineNote')}
        act={t('decline')}
        isDangerous
        isBusy={decline.isPending}
        error={decline.error}
        onAct={(reason) => decline.mutate({ ...of, reason })}
        onClose={close}
      />
      <ReasonDialog
        isOpen={asked === 'ask-supplement'}
        title={t('askSupplement')}
        note={t('askSupplementNote')}
        act={t('askSupplement')}
        isBusy={supplement.isPending}
        error={supplement.error}
        onAct={(reason) => supplement.mutate({ ...of, reason })}
        onClose={close}
      />
      {asked === 'propose-time' && <ProposeTime {...of} onClose={close} />}
    </>
  );
}
