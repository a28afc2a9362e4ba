import type { Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { DraftView } from '../own-drafts.ts';
import { findCase, type LockedCase } from '../worklist/lock-case.ts';
import { keepDraft } from './consultation-drafts.ts';
import * as store from './evidence-store.ts';
import { expertsFor } from './list-experts.ts';

const specialties: Readonly<Record<string, Specialty>> = {
  imaging: 'radiology',
  ecg: 'cardiology',
  pathology: 'pathology',
  laboratory: 'laboratory',
};
/** A consultation asks for somebody above an ordinary reader. */
const title = 'associate-chief';
const mostReports = 10;
const longestWords = 12_000;

/**
 * Turns the case in front of a reader into a draft with everything attached: patient, order, its studies, the signed
 * reports, the words written so far, the order's consent, and the first expert who could be asked.
 * @throws `not-found` for a case of another centre, `already-exists` where one is open already
 */
export async function draftFromCase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { caseId: string },
): Promise<DraftView> {
  const scope = requireAccess(ctx, 'consultation:request');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await findCase(tx, scope, input.caseId);
    const open = await store.openOfCase(tx, found.id);
    if (open) throw new HubError('already-exists', { field: 'caseId', id: open.id, number: open.number });
    const content = await contentOf(tx, scope, found, clock.now());
    const draft = await keepDraft(tx, accountId, found.centre.facilityId, content);
    await recordAudit(tx, {
      ...auditOf(ctx, found.centre.facilityId),
      action: 'consultation.draftedFromCase',
      patientId: found.order.patientId,
      objectType: 'case',
      objectId: found.id,
    });
    return draft;
  });
}

async function contentOf(tx: Tx, scope: FacilityScope, found: LockedCase, now: Date) {
  const { order, centre } = found;
  const specialty = specialties[found.line] ?? 'general-practice';
  const consent = await store.consentOfOrder(tx, order.id);
  const versions = await store.signedBefore(tx, scope, order.patientId, mostReports);
  const experts = await expertsFor(tx, { facilityId: centre.facilityId, specialty, title }, now);
  const [first] = experts.filter(({ lacks }) => lacks.length === 0);
  const names = order.exams.map(({ examName }) => examName).join('、');
  return {
    facilityId: centre.facilityId,
    patientId: order.patientId,
    patientName: order.patient.name,
    caseId: found.id,
    kind: 'single',
    urgency: order.urgency,
    time: { kind: 'immediate' },
    reason: `${names}需上级专家会诊`,
    purpose: order.purpose,
    summary: order.history,
    ...{ specialty, title },
    diagnosisText: `${order.diagnosisCode} ${order.diagnosisText}`.slice(0, 200),
    invitees: first ? [{ facilityId: first.facility.id, expertId: first.accountId }] : [],
    attachments: {
      studyIds: order.exams
        .flatMap((exam) => exam.studies.filter(({ state }) => state === 'matched'))
        .map(({ id }) => id),
      orderIds: [order.id],
      versionIds: versions.map(({ id }) => id),
    },
    reportDraft: await wordsSoFar(tx, found.id),
    ...(consent ? { consent: consentOf(consent) } : {}),
  };
}

const consentOf = ({
  signer,
  relation,
  method,
  givenAt,
}: NonNullable<Awaited<ReturnType<typeof store.consentOfOrder>>>) => ({
  ...{ signer, relation, method },
  givenAt: givenAt.toISOString(),
});

async function wordsSoFar(tx: Tx, caseId: string): Promise<string> {
  const draft = await store.draftOfCase(tx, caseId);
  const parts = draft ? [draft.findings, draft.impression, draft.advice] : [];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, longestWords);
}
