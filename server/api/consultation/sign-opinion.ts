import { secondsTogether } from '@lianzhen/contracts/attendance-rules.ts';
import type { OpinionView } from '@lianzhen/contracts/consultation.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { maySignOpinion } from '@lianzhen/contracts/expert-rules.ts';
import { renderDocuments, saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import type { OpinionEvidence } from '@lianzhen/contracts/opinion-evidence.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { kindAfter } from '../reporting/freeze-version.ts';
import { planDeliveries } from '../reporting/plan-deliveries.ts';
import { contentHash } from '../reporting/report-hash.ts';
import { moveConsultation } from './move-consultation.ts';
import { opinionContent } from './opinion-content.ts';
import { opinionEvidence } from './opinion-evidence.ts';
import * as opinions from './opinion-store.ts';
import { opinionView } from './opinion-view.ts';
import { insertEntry } from './rooms/store.ts';
import { isAcceptedBy, requireAct } from './standing.ts';
import * as store from './store.ts';
import { presencesOf } from './time-together.ts';
import { attendance } from './timeline-store.ts';
import { assertOpinionRevision } from './write-opinion.ts';

interface SignOpinion {
  id: string;
  revision: number;
}

/**
 * An expert signs: a version is frozen, replaces the one before it, and goes out to every linked facility. The signature
 * binds text, marks, person and time. The same expert's second click answers with what the first
 * one did.
 * @throws `marks-unsaved` where a mark is no DICOM object yet (it will be in a moment), `not-senior` for pathology below 副主任医师, `stale-revision`, `wrong-state`, `bad-input` where it says nothing
 */
export async function signOpinion(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: SignOpinion,
): Promise<OpinionView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  const view = await db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    requireAct(found, person, 'sign-opinion');
    const report = await opinions.find(tx, found.id);
    if (!report) throw nothingSaid();
    const last = report.versions.at(-1);
    const isRepeat = report.state === 'final' && last?.writerId === person.accountId;
    const evidence = isRepeat ? undefined : await opinionEvidence(tx, found.id);
    if (evidence === 'unsaved') {
      await enqueue(tx, saveConsultationMarks, { consultationId: found.id });
      return undefined;
    }
    const by = { person, revision: input.revision, now: clock.now(), evidence };
    const version = isRepeat ? undefined : await sign(tx, found, report, by);
    const view = await opinionView(tx, await opinions.find(tx, found.id), true);
    const own = found.invitations.find((one) => isAcceptedBy(person, one));
    await recordAudit(tx, {
      ...auditOf(ctx, own?.facilityId),
      action: version ? 'consultation.opinionSigned' : 'consultation.opinionRead',
      patientId: found.patientId,
      ...{ objectType: 'consultation', objectId: found.id },
      detail: { versionId: version?.id ?? last?.id, hash: version?.contentHash },
    });
    return view;
  });
  // Refused outside, so that the promise to save them is kept.
  if (!view) throw new HubError('marks-unsaved');
  return view;
}

interface Signature {
  person: Person;
  revision: number;
  now: Date;
  evidence: OpinionEvidence | undefined;
}

const nothingSaid = () => new HubError('bad-input', { fields: [{ field: 'opinion', expected: 'required' }] });

async function sign(tx: Tx, found: store.ConsultationFound, report: opinions.OpinionFound, by: Signature) {
  const { person, revision, now } = by;
  if (report.state === 'final') throw new HubError('wrong-state', { state: 'final' });
  assertOpinionRevision(report, revision);
  if (!report.impression.trim()) throw nothingSaid();
  if (!maySignOpinion(found.specialty, person.title)) throw new HubError('not-senior', { specialty: found.specialty });
  const version = await freeze(tx, found, report, by);
  const changed = await opinions.change(tx, report.id, {
    state: 'final',
    writerId: person.accountId,
    submittedAt: now,
  });
  const isCorrection = report.versions.length > 0;
  const kind = isCorrection ? 'opinion-corrected' : 'opinion-signed';
  const told = { kind, at: now, by: person, reason: report.amendmentReason ?? undefined } as const;
  const unread = { acknowledgedAt: null, acknowledgedById: null };
  await moveConsultation(tx, found, 'concluded', told, { ...unread, opinionDueAt: null });
  await insertEntry(tx, found.id, {
    ...{ at: now, clientId: null, peerId: null, seatId: person.accountId, name: person.displayName },
    what: { kind: 'opinion', versionNumber: version.number },
  });
  const facilityIds = linkedOf(found).map(({ facilityId }) => facilityId);
  await emit(tx, { topic: 'report', id: report.id, revision: changed.revision, facilityIds });
  await emit(tx, { topic: 'delivery', id: version.id, revision: 1, facilityIds });
  return version;
}

/** Everybody who has a part still. */
const linkedOf = ({ parties }: store.ConsultationFound) => parties.filter(({ until }) => until === null);

async function freeze(
  tx: Tx,
  found: store.ConsultationFound,
  report: opinions.OpinionFound,
  { person, now, evidence }: Signature,
) {
  const facts = await opinions.contentFacts(tx, found.id);
  const own = facts.invitations.find(({ answeredById }) => answeredById === person.accountId);
  if (!own) throw new HubError('forbidden', { act: 'sign-opinion' });
  const previous = report.versions.at(-1);
  const kind = kindAfter(previous, true);
  const attended = await attendance(tx, found.id);
  const seats = new Map(attended.map(({ seatId, name, facilityName }) => [seatId, { name, facilityName }]));
  const content = opinionContent({
    ...{ reportId: report.id, kind, consultation: facts, facility: own.facility, signedAt: now, evidence },
    text: { findings: report.findings, opinion: report.impression, advice: report.advice },
    number: (previous?.number ?? 0) + 1,
    replaces: previous?.number ?? null,
    amendmentReason: kind === 'corrected' ? report.amendmentReason : null,
    centre: await opinions.consultationCentre(tx, own.facility.id),
    signer: await opinions.writer(tx, person.accountId),
    durationSeconds: secondsTogether(presencesOf(attended), now.getTime()),
    participants: [...seats.values()],
  });
  const version = await opinions.insertVersion(tx, {
    ...{ reportId: report.id, number: content.versionNumber, kind, content, contentHash: contentHash(content) },
    ...{ writerId: person.accountId, reviewerId: null, signedAt: now, replacesId: previous?.id ?? null },
  });
  await planDeliveries(tx, version.id, linkedOf(found));
  await enqueue(tx, renderDocuments, { versionId: version.id });
  // What was marked until now belongs to this opinion, though the session may go on.
  await enqueue(tx, saveConsultationMarks, { consultationId: found.id });
  return version;
}
