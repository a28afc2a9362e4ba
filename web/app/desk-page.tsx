import { ReportPanel } from '../features/reporting/report-panel.tsx';
import { SignedReport } from '../features/reporting/signed-report.tsx';
import { DeskScreen } from '../features/worklist/desk-screen.tsx';

const parts = { Report: ReportPanel, Signed: SignedReport };

/** The one page where queue and report meet: a case is held by the one and written by the other. */
export function DeskPage() {
  return <DeskScreen parts={parts} />;
}
