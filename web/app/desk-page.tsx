import type { ComponentProps } from 'react';
import { DeskTraces } from '../features/ecg/desk/desk-traces.tsx';
import { EcgForm } from '../features/ecg/report/ecg-form.tsx';
import { ReportPanel } from '../features/reporting/report-panel.tsx';
import { SignedReport } from '../features/reporting/signed-report.tsx';
import { DeskScreen } from '../features/worklist/desk-screen.tsx';

/** The report with the part that belongs to electrocardiograms. */
function Report(props: Omit<ComponentProps<typeof ReportPanel>, 'Ecg'>) {
  return <ReportPanel {...props} Ecg={EcgForm} />;
}

const parts = { Report, Signed: SignedReport, Traces: DeskTraces };

/** The one page where queue, traces and report meet: a case is held by the one, seen by another, written by the third. */
export function DeskPage() {
  return <DeskScreen parts={parts} />;
}
