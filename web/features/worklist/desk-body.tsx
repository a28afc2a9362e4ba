import { Drawer } from 'antd';
import { useRef, useState } from 'react';
import { CasePanel } from './case-panel.tsx';
import { DeskImages } from './desk-images.tsx';
import { boundWidth } from './desk-layout.ts';
import type { DeskParts } from './desk-parts.ts';
import { Splitter } from './splitter.tsx';
import { useWorklistText } from './texts.ts';
import type { DeskState } from './use-desk.ts';
import type { Kase } from './use-open-case.ts';
import { useSeen } from './use-seen.ts';

interface DeskBodyProps {
  kase: Kase;
  desk: DeskState;
  parts: DeskParts;
}

/** Facts, images and report beside one another; on a phone one in place of the other. */
export function DeskBody({ kase, desk, parts }: DeskBodyProps) {
  const t = useWorklistText();
  const body = useRef<HTMLDivElement>(null);
  const [beside, setBeside] = useState<string>();
  const [priorReport, setPriorReport] = useState<string>();
  const { seen, tell } = useSeen(kase.studies);
  const { isNarrow, layout, lease } = desk;
  const isShown = { case: isNarrow || layout.hasCase, report: isNarrow || layout.hasReport };
  const columns = [
    ...(isShown.case ? ['252px'] : []),
    'minmax(0, 1fr)',
    ...(isShown.report ? ['7px', `${layout.reportWidth}px`] : []),
  ];
  const isReview = lease.hold?.purpose === 'review';
  const evidence = { kase, isReview, beside, onEndBeside: () => setBeside(undefined) };
  const resize = (width: number) =>
    desk.changeLayout({ reportWidth: boundWidth(width, body.current?.clientWidth ?? width) });
  return (
    <div ref={body} className="desk-body" style={isNarrow ? undefined : { gridTemplateColumns: columns.join(' ') }}>
      {isShown.case && (
        <div className="desk-pane desk-case">
          <CasePanel kase={kase} beside={beside} onBeside={setBeside} onReport={setPriorReport} />
        </div>
      )}
      <div className="desk-pane desk-middle">
        {kase.line === 'ecg' && parts.Traces ? (
          <parts.Traces {...evidence} hold={lease.hold} />
        ) : (
          <DeskImages {...evidence} hold={lease.hold} beforeLeaving={desk.beforeLeaving} onSeen={tell} />
        )}
      </div>
      {isShown.report && !isNarrow && <Splitter label={t('resize')} width={layout.reportWidth} onWidth={resize} />}
      {/* Hidden, not taken away: what is being typed must go on being saved. */}
      <div className="desk-pane desk-report" hidden={!isShown.report}>
        <parts.Report
          kase={kase}
          hold={lease.hold}
          isLost={lease.state === 'lost'}
          endHold={lease.endHold}
          onLost={lease.lose}
          beforeLeaving={desk.beforeLeaving}
          seen={seen}
          onDone={desk.setDone}
        />
      </div>
      <Drawer open={!!priorReport} onClose={() => setPriorReport(undefined)} size={760} title={t('priorReport')}>
        {priorReport && <parts.Signed versionId={priorReport} />}
      </Drawer>
    </div>
  );
}
