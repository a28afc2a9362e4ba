import { Link } from '@tanstack/react-router';
import { Alert, Segmented } from 'antd';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { DoneBanner } from './done-banner.tsx';
import { HoldBanner } from './hold-banner.tsx';
import { useWorklistText } from './texts.ts';
import type { DeskState, Pane } from './use-desk.ts';
import type { Kase } from './use-open-case.ts';
import type { WorklistSearch } from './worklist-search.ts';

interface DeskNotesProps {
  kase: Kase;
  desk: DeskState;
  search: WorklistSearch;
  now: Date;
}

/** What has to be said of one's hold of the case, between its facts and its images; on a phone the choice of the part. */
export function DeskNotes({ kase, desk, search, now }: DeskNotesProps) {
  const t = useWorklistText();
  const { done, acts, letGo, consult } = desk;
  return (
    <div className="desk-notes">
      {done ? (
        <DoneBanner what={done} search={search} isPending={acts.isNextPending} onNext={acts.next} />
      ) : (
        <HoldBanner kase={kase} lease={desk.lease} now={now} onTaken={desk.taken} />
      )}
      {kase.consultation && <Consulting consultation={kase.consultation} />}
      {consult.error && <Failure error={consult.error} what={t('consult')} />}
      {letGo.error && <Failure error={letGo.error} what={t('release')} />}
      {desk.isNarrow && (
        <Segmented<Pane>
          aria-label={t('pane')}
          block
          value={desk.pane}
          onChange={desk.setPane}
          options={(['viewer', 'report', 'case'] as const).map((value) => ({ value, label: t(value) }))}
        />
      )}
    </div>
  );
}

/** The case waits for somebody else's word: for whose, and where it stands. */
function Consulting({ consultation }: { consultation: NonNullable<Kase['consultation']> }) {
  const t = useWorklistText();
  const names = useNames();
  const { id, number, state } = consultation;
  return (
    <Alert
      banner
      type="info"
      showIcon
      data-testid="case-consultation"
      data-state={state}
      title={t('consulting', { number, state: names('consultationState', state) })}
      action={
        <Link to="/consultations/$consultationId" params={{ consultationId: id }}>
          {t('openConsultation')}
        </Link>
      }
    />
  );
}
