import { Button, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import type { Consultation, Invitation } from './consultation.ts';
import { useConsultationText } from './texts.ts';

/** What the requesting side says to another hour. */
export function TimeAnswer({ kase, invitation }: { kase: Consultation; invitation: Invitation }) {
  const t = useConsultationText();
  const [isRefusing, setRefusing] = useState(false);
  const agree = useAct('consultation', 'agreeTime');
  const refuse = useAct('consultation', 'refuseTime', { onSuccess: () => setRefusing(false) });
  const of = { id: kase.id, invitationId: invitation.id };
  return (
    <>
      <Space className="answer-acts">
        <Button type="primary" loading={agree.isPending} onClick={() => agree.mutate(of)} data-testid="agree-time">
          {t('agreeTime')}
        </Button>
        <Button onClick={() => setRefusing(true)}>{t('refuseTime')}</Button>
      </Space>
      {agree.error && <Failure error={agree.error} />}
      <ReasonDialog
        isOpen={isRefusing}
        title={t('refuseTimeTitle')}
        act={t('refuseTime')}
        isBusy={refuse.isPending}
        error={refuse.error}
        onAct={(reason) => refuse.mutate({ ...of, reason })}
        onClose={() => setRefusing(false)}
      />
    </>
  );
}
