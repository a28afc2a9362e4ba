import type { CaseView } from '@lianzhen/contracts/worklist.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { caseRow, holderOf } from './case-row.ts';
import { namePeople } from './name-people.ts';
import * as store from './store.ts';
import { traceMarks } from './trace-marks.ts';

/** A case as its reader opens it. The lease's token is only in the answer to the one who holds it. */
export async function caseView(
  tx: Tx,
  scope: FacilityScope,
  found: store.CaseFound,
  accountId: string,
  now: Date,
): Promise<CaseView> {
  const { order } = found;
  const supplements = await store.supplements(tx, order.id);
  const names = await namePeople(tx, [found.report?.writerId ?? null, ...supplements.map(({ byId }) => byId)]);
  const events = await store.events(tx, found.id);
  const priors = await store.priors(tx, scope, order.patientId, order.id);
  const marksOf = await traceMarks(tx, [found]);
  const studies = order.exams.flatMap((exam) => exam.studies).filter(({ state }) => state === 'matched');
  const hidden = await store.hiddenInstances(
    tx,
    studies.map(({ studyInstanceUid }) => studyInstanceUid),
  );
  const isHolder = holderOf(found, now)?.accountId === accountId;
  return {
    ...caseRow(found, names, marksOf(found.id), now),
    centreId: found.centreId,
    purpose: order.purpose,
    history: order.history,
    diagnosisCode: order.diagnosisCode,
    diagnosisText: order.diagnosisText,
    studies: studies.map((study) => ({ ...study, hiddenInstances: hidden.get(study.studyInstanceUid) ?? 0 })),
    priors: priors.map((study) => priorOf(study, scope)),
    supplements: supplements.map(({ text, at, byId }) => ({
      text,
      at: at.toISOString(),
      byName: names.get(byId) ?? '',
    })),
    events: events.map(({ at, kind, byName, reason }) => ({ at: at.toISOString(), kind, byName, reason })),
    leaseToken: isHolder ? (found.lease?.token ?? null) : null,
  };
}

type Prior = Awaited<ReturnType<typeof store.priors>>[number];

/** Images may be visible where the report is not: a facility sees its own studies, whoever read them. */
function priorOf(study: Prior, scope: FacilityScope): CaseView['priors'][number] {
  const { studyInstanceUid, studyDate, modalities, description, orderExam } = study;
  const isParty = orderExam?.order.parties.some(({ facilityId }) => scope.facilityIds.includes(facilityId));
  const versionId = isParty ? (orderExam?.order.case?.report?.versions[0]?.id ?? null) : null;
  return { studyInstanceUid, studyDate, modalities, description, versionId };
}
