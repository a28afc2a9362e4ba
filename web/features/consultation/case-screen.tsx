import { VideoCameraOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { ask } from '../../api/queries.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { AttachmentsPanel } from './attachments-panel.tsx';
import { CaseActs } from './case-acts.tsx';
import { ChatPanel } from './chat-panel.tsx';
import type { Consultation } from './consultation.ts';
import { Person } from './consultation-row.tsx';
import { DeliveriesPanel } from './deliveries-panel.tsx';
import { DeviceCheckButton } from './device-check.tsx';
import { GuestsPanel } from './guests-panel.tsx';
import { InvitationsPanel } from './invitations-panel.tsx';
import { OpinionPanel } from './opinion-panel.tsx';
import { PicturesPanel } from './picture/pictures-panel.tsx';
import { studyChoices } from './picture/study-choices.ts';
import { RecordingsPanel } from './recording/recordings-panel.tsx';
import { StateTag } from './state-tag.tsx';
import { SupplementsPanel } from './supplements-panel.tsx';
import { useConsultationText } from './texts.ts';
import { TimelinePanel } from './timeline-panel.tsx';
import { whenText } from './when-text.ts';
import './consultation.css';

/** One consultation from the request to the acknowledged opinion. */
export function CaseScreen() {
  const { consultationId } = useParams({ from: '/consultations/$consultationId' });
  const t = useConsultationText();
  const read = useQuery(ask('consultation', 'read', { id: consultationId }));
  return (
    <Page
      title={read.data ? <Person row={read.data} /> : t('title')}
      note={read.data && t('caseOf', { number: read.data.number })}
      actions={read.data && <CaseActs kase={read.data} />}
    >
      <Loaded query={read}>
        {(kase) => (
          <>
            <JoinPanel kase={kase} />
            <div className="split">
              <div>
                <OpinionPanel kase={kase} />
                {kase.startedAt && <RecordingsPanel consultationId={kase.id} />}
                {kase.startedAt && <ChatPanel consultationId={kase.id} />}
                <RequestPanel kase={kase} />
                <AttachmentsPanel kase={kase} />
                <div id="supplements">
                  <SupplementsPanel kase={kase} />
                </div>
              </div>
              <div>
                <div id="invitations">
                  <InvitationsPanel kase={kase} />
                </div>
                <GuestsPanel kase={kase} />
                {kase.latestVersionId && <DeliveriesPanel versionId={kase.latestVersionId} />}
                <TimelinePanel kase={kase} />
                {kase.startedAt && kase.attachments.studies.length > 0 && (
                  <PicturesPanel
                    consultationId={kase.id}
                    studies={studyChoices(kase.attachments.studies)}
                    canSave={kase.standing === 'expert' || kase.standing === 'requester'}
                  />
                )}
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Where it stands and, once the room is open, the one press that leads into it. */
function JoinPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const names = useNames();
  const mayJoin = kase.acts.includes('join') && !kase.opensAt;
  // The hub says with a code why nobody met; every other reason is somebody's words.
  const whyClosed = kase.state === 'missed' ? names('missedReason', kase.closedReason) : kase.closedReason;
  return (
    <Panel className="join-panel">
      <div className="spread" data-testid="consultation-state" data-state={kase.state}>
        <span className="row">
          <StateTag state={kase.state} />
          <span className="num strong">{whenText(kase, t)}</span>
          <span>{names('specialty', kase.specialty)}</span>
          {kase.urgency !== 'routine' && <span className="tone-bad">{names('urgency', kase.urgency)}</span>}
        </span>
        <span className="row">
          {kase.opensAt && <span className="muted">{t('opensAt', { at: shortTime(kase.opensAt) })}</span>}
          {(mayJoin || kase.opensAt) && <DeviceCheckButton />}
          {mayJoin && (
            <Link to="/consultations/$consultationId/room" params={{ consultationId: kase.id }}>
              <Button
                type="primary"
                size="large"
                icon={<VideoCameraOutlined />}
                title={t('joinNote')}
                data-testid="join"
              >
                {t('join')}
              </Button>
            </Link>
          )}
        </span>
      </div>
      {kase.state === 'supplement-asked' && kase.acts.includes('supplement') && kase.supplementAsked && (
        <Alert
          className="join-note"
          type="warning"
          showIcon
          title={t('supplementWanted', { text: kase.supplementAsked })}
          action={
            <Button size="small" onClick={() => document.getElementById('supplements')?.scrollIntoView()}>
              {t('supplementGo')}
            </Button>
          }
        />
      )}
      <AnswerOwed kase={kase} />
      {kase.closedReason && (
        <Alert
          className="join-note"
          type="info"
          showIcon
          title={t('closed', { state: names('consultationState', kase.state), reason: whyClosed ?? '' })}
        />
      )}
    </Panel>
  );
}

/** On a phone the answers stand below what was asked: whoever owes one is told at the top. */
function AnswerOwed({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const isNarrow = useNarrow();
  const proposed = kase.acts.includes('agree-time')
    ? kase.invitations.find(({ state }) => state === 'time-proposed')
    : undefined;
  if (!isNarrow || !(proposed || kase.acts.includes('accept'))) return null;
  const at = proposed?.proposedAt ? shortTime(proposed.proposedAt) : '';
  return (
    <Alert
      className="join-note"
      type="warning"
      showIcon
      title={
        proposed ? t('timeWanted', { name: proposed.expert?.name ?? proposed.facility.name, at }) : t('answerWanted')
      }
      action={
        <Button
          size="small"
          onClick={() => document.getElementById('invitations')?.scrollIntoView()}
          data-testid="answer-go"
        >
          {t('answerGo')}
        </Button>
      }
    />
  );
}

function RequestPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const names = useNames();
  const comma = useListComma();
  const { consent } = kase;
  const facts: [string, string][] = [
    [t('reason'), kase.reason],
    [t('purpose'), kase.purpose],
    [t('summary'), kase.summary],
    [t('diagnosis'), kase.diagnosisText],
    [t('kind'), names('consultationKind', kase.kind)],
    [t('level'), t('orAbove', { title: names('title', kase.title) })],
    [t('from'), `${kase.requestingFacility.name} ${kase.requesterName}`],
    [t('requestedAt'), fullTime(kase.submittedAt)],
    [t('parties'), kase.parties.map(({ name }) => name).join(comma)],
    [
      t('consent'),
      consent
        ? t('consentLine', {
            signer: consent.signer,
            relation: names('relation', consent.relation),
            method: names('consentMethod', consent.method),
            at: shortTime(consent.givenAt),
          })
        : '',
    ],
  ];
  return (
    <Panel title={t('requestPart')}>
      <dl className="consult-facts">
        {facts
          .filter(([, text]) => text)
          .map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="keep-lines">{text}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}
