import { Segmented } from 'antd';
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
  const { done, acts, letGo } = desk;
  return (
    <div className="desk-notes">
      {done ? (
        <DoneBanner what={done} search={search} isPending={acts.isNextPending} onNext={acts.next} />
      ) : (
        <HoldBanner kase={kase} lease={desk.lease} now={now} onTaken={desk.taken} />
      )}
      {letGo.error && <Failure error={letGo.error} what={t('release')} />}
      {desk.isNarrow && (
        <Segmented<Pane>
          block
          value={desk.pane}
          onChange={desk.setPane}
          options={(['viewer', 'report', 'case'] as const).map((value) => ({ value, label: t(value) }))}
        />
      )}
    </div>
  );
}
