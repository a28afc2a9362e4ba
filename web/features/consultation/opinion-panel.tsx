import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { Acknowledge } from './acknowledge.tsx';
import type { Consultation } from './consultation.ts';
import { OpinionForm } from './opinion-form.tsx';
import { type ConsultationKey, useConsultationText } from './texts.ts';

export type OpinionKase = Pick<
  Consultation,
  'id' | 'acts' | 'state' | 'latestVersionId' | 'opinionDueAt' | 'acknowledgedAt' | 'acknowledgedByName'
>;

/** The opinion: written by the expert during or after the session, read and acknowledged by who asked. */
export function OpinionPanel({ kase }: { kase: OpinionKase }) {
  const t = useConsultationText();
  const mayWrite = kase.acts.includes('write-opinion');
  const isThere = mayWrite || kase.latestVersionId !== null;
  const opinion = useQuery({ ...ask('consultation', 'opinion', { id: kase.id }), enabled: isThere });
  if (!isThere) return null;
  return (
    <Panel
      title={t('opinion')}
      className="opinion-panel"
      extra={
        mayWrite &&
        kase.state === 'opinion-due' &&
        kase.opinionDueAt && <ToneTag tone="warn">{t('opinionDue', { at: shortTime(kase.opinionDueAt) })}</ToneTag>
      }
    >
      <Loaded query={opinion} rows={4}>
        {(data) =>
          mayWrite && data.state === 'draft' ? (
            <OpinionForm key={kase.id} consultationId={kase.id} opinion={data} />
          ) : (
            <SignedOpinion kase={kase} opinion={data} />
          )
        }
      </Loaded>
    </Panel>
  );
}

type Opinion = Parameters<typeof OpinionForm>[0]['opinion'];

function SignedOpinion({ kase, opinion }: { kase: OpinionKase; opinion: Opinion }) {
  const t = useConsultationText();
  const [isCorrecting, setCorrecting] = useState(false);
  const correct = useAct('consultation', 'correctOpinion', { onSuccess: () => setCorrecting(false) });
  const last = opinion.versions.findLast(({ isReplaced }) => !isReplaced);
  if (!last) return <p className="muted">{t('noOpinion')}</p>;
  const parts: [ConsultationKey, string][] = [
    ['findings', opinion.findings],
    ['opinionText', opinion.opinion],
    ['advice', opinion.advice],
  ];
  return (
    <div data-testid="signed-opinion" data-version={last.number}>
      <p>
        <ToneTag tone="good">{t('signedBy', { name: last.writerName, at: shortTime(last.signedAt) })}</ToneTag>
      </p>
      <dl className="consult-facts">
        {parts
          .filter(([, text]) => text)
          .map(([key, text]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd className="keep-lines">{text}</dd>
            </div>
          ))}
      </dl>
      <div className="row">
        <Link to="/results/$versionId" params={{ versionId: last.id }}>
          {t('readOpinion')}
        </Link>
        {kase.acts.includes('correct-opinion') && (
          <Button size="small" onClick={() => setCorrecting(true)}>
            {t('correct')}
          </Button>
        )}
      </div>
      {kase.acknowledgedAt && (
        <p>
          <ToneTag tone="good">
            {t('acknowledged', { name: kase.acknowledgedByName ?? '', at: shortTime(kase.acknowledgedAt) })}
          </ToneTag>
        </p>
      )}
      {kase.acts.includes('acknowledge') && <Acknowledge id={kase.id} />}
      <ReasonDialog
        isOpen={isCorrecting}
        title={t('correct')}
        note={t('correctNote')}
        act={t('correct')}
        isBusy={correct.isPending}
        error={correct.error}
        onAct={(reason) => correct.mutate({ id: kase.id, revision: opinion.revision, reason })}
        onClose={() => setCorrecting(false)}
      />
    </div>
  );
}
