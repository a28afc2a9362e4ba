import { useNow } from '../../ui/use-now.ts';
import { DeskBody } from './desk-body.tsx';
import { DeskHelp } from './desk-help.tsx';
import { DeskNotes } from './desk-notes.tsx';
import type { DeskParts } from './desk-parts.ts';
import { DeskStrip } from './desk-strip.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { useDesk } from './use-desk.ts';
import type { Kase } from './use-open-case.ts';
import type { WorklistSearch } from './worklist-search.ts';

interface DeskProps {
  kase: Kase;
  search: WorklistSearch;
  parts: DeskParts;
}

/** One case on the desk: its facts, its images, its report. */
export function Desk({ kase, search, parts }: DeskProps) {
  const now = useNow(10_000);
  const desk = useDesk(kase, search);
  const { layout } = desk;
  return (
    <div
      className={desk.isNarrow ? `desk desk-narrow desk-on-${desk.pane}` : 'desk'}
      data-testid="desk"
      data-case-id={kase.id}
    >
      <DeskStrip
        kase={kase}
        lease={desk.lease}
        now={now}
        search={search}
        isCaseOpen={layout.hasCase}
        isReportOpen={layout.hasReport}
        acts={desk.acts}
      />
      <DeskNotes kase={kase} desk={desk} search={search} now={now} />
      <DeskBody kase={kase} desk={desk} parts={parts} />
      <ReturnDialog {...desk.giveBack.dialog} />
      <DeskHelp isOpen={desk.isHelpOpen} isEcg={kase.line === 'ecg'} onClose={desk.hideHelp} />
    </div>
  );
}
