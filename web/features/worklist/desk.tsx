import { useQueryClient } from '@tanstack/react-query';
import { Drawer, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useNow } from '../../ui/use-now.ts';
import { CasePanel } from './case-panel.tsx';
import { DeskHelp } from './desk-help.tsx';
import { DeskImages } from './desk-images.tsx';
import { boundWidth, useDeskLayout } from './desk-layout.ts';
import type { DeskParts } from './desk-parts.ts';
import { DeskStrip } from './desk-strip.tsx';
import { DoneBanner } from './done-banner.tsx';
import { HoldBanner } from './hold-banner.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { Splitter } from './splitter.tsx';
import { useWorklistText } from './texts.ts';
import { useChords } from './use-chords.ts';
import { useDone } from './use-done.ts';
import { useLease } from './use-lease.ts';
import { useLeaveOffer, useRelease } from './use-let-go.tsx';
import { useNextCase } from './use-next-case.ts';
import type { Kase } from './use-open-case.ts';
import { useReturn } from './use-return.ts';
import { useSeen } from './use-seen.ts';
import type { WorklistSearch } from './worklist-search.ts';

interface DeskProps {
  kase: Kase;
  search: WorklistSearch;
  parts: DeskParts;
}
type Pane = 'viewer' | 'report' | 'case';

/** One case on the desk: its facts, its images, its report. */
export function Desk({ kase, search, parts }: DeskProps) {
  const t = useWorklistText();
  const isNarrow = useNarrow();
  const now = useNow(10_000);
  const cache = useQueryClient();
  const body = useRef<HTMLDivElement>(null);
  const { layout, change } = useDeskLayout();
  const [pane, setPane] = useState<Pane>('viewer');
  const [beside, setBeside] = useState<string>();
  const [priorReport, setPriorReport] = useState<string>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [done, setDone] = useDone(kase);
  const { seen, tell } = useSeen();
  const lease = useLease(kase);
  const savers = useRef(new Set<() => Promise<unknown>>()).current;
  const saveAll = () => Promise.all([...savers].map((save) => save()));

  const purpose = lease.hold?.purpose ?? (done === 'approved' || done === 'rejected' ? 'review' : undefined);
  const { next, isPending } = useNextCase(search, purpose && { purpose, caseId: kase.id });
  const letGo = useRelease(kase, lease, search, saveAll);
  const giveBack = useReturn(kase, lease, search, saveAll);
  useLeaveOffer(kase, lease, search);

  const toggleCase = () => (isNarrow ? setPane('case') : change({ hasCase: !layout.hasCase }));
  const toggleReport = () => (isNarrow ? setPane('report') : change({ hasReport: !layout.hasReport }));
  useKeys({ n: next, c: toggleCase, b: toggleReport });
  const showHelp = () => setHelpOpen(true);
  useChords({ 'Alt+KeyN': next, F1: showHelp });
  const taken = (claimed: Kase) => {
    cache.setQueryData(ask('worklist', 'read', { id: kase.id }).queryKey, claimed);
    setDone(undefined);
    lease.take(claimed);
  };

  const isShown = { case: isNarrow || layout.hasCase, report: isNarrow || layout.hasReport };
  const columns = [
    ...(isShown.case ? ['252px'] : []),
    'minmax(0, 1fr)',
    ...(isShown.report ? ['7px', `${layout.reportWidth}px`] : []),
  ];
  return (
    <div className={isNarrow ? `desk desk-narrow desk-on-${pane}` : 'desk'} data-testid="desk" data-case-id={kase.id}>
      <DeskStrip
        kase={kase}
        lease={lease}
        now={now}
        search={search}
        isCaseOpen={layout.hasCase}
        isReportOpen={layout.hasReport}
        acts={{
          next,
          isNextPending: isPending,
          release: letGo.release,
          isReleasing: letGo.isPending,
          askReturn: giveBack.ask,
          mayReturn: giveBack.isPossible && !done,
          showHelp,
          toggleCase,
          toggleReport,
        }}
      />
      <div className="desk-notes">
        {done && !lease.hold ? (
          <DoneBanner what={done} search={search} isPending={isPending} onNext={next} />
        ) : (
          <HoldBanner kase={kase} lease={lease} now={now} onTaken={taken} />
        )}
        {letGo.error && <Failure error={letGo.error} what={t('release')} />}
        {isNarrow && (
          <Segmented<Pane>
            block
            value={pane}
            onChange={setPane}
            options={(['viewer', 'report', 'case'] as const).map((value) => ({ value, label: t(value) }))}
          />
        )}
      </div>
      <div ref={body} className="desk-body" style={isNarrow ? undefined : { gridTemplateColumns: columns.join(' ') }}>
        {isShown.case && (
          <div className="desk-pane desk-case">
            <CasePanel kase={kase} beside={beside} onBeside={setBeside} onReport={setPriorReport} />
          </div>
        )}
        <div className="desk-pane desk-middle">
          <DeskImages
            kase={kase}
            isReview={lease.hold?.purpose === 'review'}
            beside={beside}
            onEndBeside={() => setBeside(undefined)}
            onSeen={tell}
          />
        </div>
        {isShown.report && !isNarrow && (
          <Splitter
            label={t('resize')}
            width={layout.reportWidth}
            onWidth={(width) => change({ reportWidth: boundWidth(width, body.current?.clientWidth ?? width) })}
          />
        )}
        {/* Hidden, not taken away: what is being typed must go on being saved. */}
        <div className="desk-pane desk-report" hidden={!isShown.report}>
          <parts.Report
            kase={kase}
            hold={lease.hold}
            isLost={lease.state === 'lost'}
            endHold={lease.endHold}
            onLost={lease.lose}
            beforeLeaving={(save) => {
              savers.add(save);
              return () => void savers.delete(save);
            }}
            seen={seen}
            onDone={setDone}
          />
        </div>
      </div>
      <ReturnDialog {...giveBack.dialog} />
      <DeskHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <Drawer open={!!priorReport} onClose={() => setPriorReport(undefined)} size={760} title={t('priorReport')}>
        {priorReport && <parts.Signed versionId={priorReport} />}
      </Drawer>
    </div>
  );
}
