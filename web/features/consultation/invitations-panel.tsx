import { useNames } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { AnswerActs } from './answer-acts.tsx';
import { AnswerClock } from './answer-clock.tsx';
import type { Consultation, Invitation } from './consultation.ts';
import { AnswerTag } from './state-tag.tsx';
import { useConsultationText } from './texts.ts';
import { TimeAnswer } from './time-answer.tsx';

/** Who was asked, what each has answered, and how long the others have still. */
export function InvitationsPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  return (
    <Panel title={t('invitations')}>
      {kase.invitations.map((invitation) => (
        <div key={invitation.id} className="invitation" data-testid="invitation" data-state={invitation.state}>
          <Answer invitation={invitation} />
          {invitation.isMine && <AnswerActs kase={kase} invitation={invitation} />}
          {invitation.state === 'time-proposed' && kase.acts.includes('agree-time') && (
            <TimeAnswer kase={kase} invitation={invitation} />
          )}
        </div>
      ))}
    </Panel>
  );
}

function Answer({ invitation }: { invitation: Invitation }) {
  const t = useConsultationText();
  const names = useNames();
  const { expert, facility, state } = invitation;
  const isOpen = state === 'waiting' || state === 'supplement-asked';
  return (
    <>
      <div className="spread">
        <span>
          <span className="strong">{expert?.name ?? facility.name}</span>{' '}
          <span className="muted">
            {expert ? `${names('title', expert.title)} · ${facility.name}` : t('anyExpert')}
          </span>
        </span>
        <AnswerTag state={state} />
      </div>
      <div className="spread muted">
        <span className="num">{t('invitedAt', { at: shortTime(invitation.invitedAt) })}</span>
        {isOpen && <AnswerClock dueAt={invitation.dueAt} />}
        {invitation.answeredAt && (
          <span className="num">
            {t('answeredAt', { at: shortTime(invitation.answeredAt), name: invitation.answeredByName ?? '' })}
          </span>
        )}
      </div>
      {invitation.proposedAt && state === 'time-proposed' && (
        <div className="strong">{t('proposedTime', { at: shortTime(invitation.proposedAt) })}</div>
      )}
      {invitation.reason && <div className="keep-lines">{invitation.reason}</div>}
      {invitation.passedOnFromId && <div className="muted">{t('passedOn')}</div>}
    </>
  );
}
