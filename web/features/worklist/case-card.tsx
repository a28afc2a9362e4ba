import { EcgMarks, ExamNames, Holder, ImageCount, PatientName } from './case-parts.tsx';
import { CaseStateTag, UrgencyTag } from './case-state.tsx';
import { ClaimButton } from './claim-button.tsx';
import { DueClock } from './due-clock.tsx';
import type { HeldRow } from './held-rows.ts';
import { useWorklistText } from './texts.ts';
import type { Row } from './use-open-case.ts';

interface CaseCardProps {
  held: HeldRow<Row>;
  now: Date;
  isClaiming: boolean;
  onOpen: (row: Row) => void;
}

/** A case of the queue for a phone. */
export function CaseCard({ held, now, isClaiming, onOpen }: CaseCardProps) {
  const t = useWorklistText();
  const { row } = held;
  return (
    <div className={held.isGone ? 'case-card case-gone' : 'case-card'}>
      <div className="spread">
        <span className="row">
          <UrgencyTag urgency={row.urgency} />
          <EcgMarks row={row} />
        </span>
        <DueClock row={row} now={now} />
      </div>
      <div className="case-card-name">
        <PatientName patient={row.patient} />
      </div>
      <div>
        <ExamNames exams={row.exams} />
      </div>
      <div className="muted">
        {row.requestingFacility} · <ImageCount row={row} />
      </div>
      <div className="spread case-card-foot">
        <span className="row">
          {held.isGone ? <i className="muted">{t('gone')}</i> : <CaseStateTag state={row.state} />}
          <Holder row={row} now={now} />
        </span>
        {!held.isGone && <ClaimButton row={row} now={now} isClaiming={isClaiming} onOpen={onOpen} />}
      </div>
    </div>
  );
}
