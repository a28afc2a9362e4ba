import { owedStates } from '@lianzhen/contracts/lease-rules.ts';
import type { CaseRow, CaseState } from '@lianzhen/contracts/worklist.ts';
import type { CaseFound } from './store.ts';
import type { TraceMarks } from './trace-marks.ts';

type Holder = CaseRow['holder'];

/** Who holds the case, if that lease is alive. */
export function holderOf({ lease }: Pick<CaseFound, 'lease'>, now: Date): Holder {
  if (!lease || lease.expiresAt <= now) return null;
  const { accountId, accountName: name, expiresAt } = lease;
  return { accountId, name, purpose: lease.purpose as 'read' | 'review', until: expiresAt.toISOString() };
}

/** A case as the queue shows it. @param names of accounts, by id */
export function caseRow(found: CaseFound, names: ReadonlyMap<string, string>, marks: TraceMarks, now: Date): CaseRow {
  const { order, report } = found;
  const studies = order.exams.flatMap((exam) => exam.studies);
  const writerId = report?.writerId ?? null;
  return {
    id: found.id,
    orderId: order.id,
    orderNumber: order.number,
    line: found.line as CaseRow['line'],
    state: found.state as CaseState,
    urgency: found.urgency as CaseRow['urgency'],
    revision: found.revision,
    patient: {
      ...order.patient,
      sex: order.patient.sex as CaseRow['patient']['sex'],
      birthDate: order.patient.birthDate?.toISOString().slice(0, 10) ?? null,
    },
    exams: order.exams.map(({ examName, modality, bodyPart, laterality }) => ({
      ...{ examName, modality, bodyPart },
      laterality: laterality as CaseRow['exams'][number]['laterality'],
    })),
    requestingFacility: order.requestingFacility.name,
    submittedAt: found.submittedAt.toISOString(),
    readyAt: found.readyAt?.toISOString() ?? null,
    dueAt: found.dueAt?.toISOString() ?? null,
    isOverdue: (owedStates as readonly string[]).includes(found.state) && found.dueAt !== null && found.dueAt < now,
    instanceCount: studies.reduce((sum, study) => sum + study.instanceCount, 0),
    hasLateImages: found.hasLateImages,
    holder: holderOf(found, now),
    writerId,
    writerName: writerId === null ? null : (names.get(writerId) ?? null),
    consultation: found.consultations[0] ?? null,
    ...marks,
  };
}
