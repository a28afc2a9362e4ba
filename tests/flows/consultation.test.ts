import { createHash } from 'node:crypto';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptInvitation } from '../../server/api/consultation/accept-invitation.ts';
import { acknowledgeOpinion } from '../../server/api/consultation/acknowledge-opinion.ts';
import { createDraft, listDrafts } from '../../server/api/consultation/consultation-drafts.ts';
import { cancelConsultation, terminateConsultation } from '../../server/api/consultation/end-consultation.ts';
import { draftFromCase } from '../../server/api/consultation/from-case.ts';
import { listConsultations } from '../../server/api/consultation/list-consultations.ts';
import { agreeTime, proposeTime, refuseTime } from '../../server/api/consultation/propose-time.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { readTimeline } from '../../server/api/consultation/read-timeline.ts';
import { sessionEnded, sessionStarted } from '../../server/api/consultation/room-facts.ts';
import { sendConsultation } from '../../server/api/consultation/send-consultation.ts';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { correctOpinion, readOpinion, saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import { acknowledgeResult, listInbox } from '../../server/api/delivery/inbox.ts';
import { listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, movableClock } from '../factories/callers.ts';
import {
  accepted,
  type ConsultingRegion,
  consultationBody,
  consultingRegion,
  invitationOf,
  live,
  sent,
  signedOpinion,
  withImages,
} from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf, refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, given);
});
const doctor = () => ctxFor(region.doctor);
const expert = () => ctxFor(region.first);
const kindsOf = async (id: string) => (await readTimeline(deps, doctor(), { id })).events.map(({ kind }) => kind);

test('from the request to the opinion that its requester has read', async () => {
  const { studyIds, orderId } = await withImages(deps, region);
  const attachments = { studyIds, orderIds: [orderId], versionIds: [] };
  const view = await sent(deps, region, { attachments });
  expect(view).toMatchObject({ state: 'submitted', standing: 'requester', isOverdue: false });
  expect(view.acts).toEqual(expect.arrayContaining(['supplement', 'invite', 'cancel']));
  expect(view.parties.map(({ part }) => part).sort()).toEqual(['centre', 'invited', 'requester', 'village']);

  const asked = await readConsultation(deps, expert(), { id: view.id });
  expect(asked).toMatchObject({ standing: 'invited', attachments: { studies: [{ id: studyIds[0] }] } });
  expect(await accepted(deps, region.first, view)).toMatchObject({
    ...{ state: 'accepted', standing: 'expert', chairId: region.first.accountId },
  });
  await sessionStarted(deps, view.id, clock.now());
  clock.advance(1200);
  await sessionEnded(deps, view.id, clock.now());
  const text = { findings: '结节', opinion: '肺癌可能', advice: '活检' };
  const saved = await saveOpinion(deps, expert(), { id: view.id, revision: 1, ...text });
  const signed = await signOpinion(deps, expert(), { id: view.id, revision: saved.revision });
  expect(signed).toMatchObject({ state: 'final', versions: [{ number: 1, kind: 'final' }] });

  const { content, contentHash } = await database.db.reportVersion.findFirstOrThrow({
    where: { report: { consultationId: view.id } },
  });
  expect(createHash('sha256').update(canonicalJson(content)).digest('hex')).toBe(contentHash);
  expect(ReportContent.parse(content)).toMatchObject({
    ...{ centre: { line: 'consultation' }, writer: { name: '许专家' }, reviewer: null, impression: '肺癌可能' },
    exams: [{ studies: [{}] }],
    consultation: { startedAt: expect.any(String), experts: [{ name: '许专家', facilityName: '省医院' }] },
  });

  const deliveries = await database.db.delivery.findMany({
    where: { version: { report: { consultationId: view.id } } },
    select: { facilityId: true },
  });
  const linked = [region.township, region.county, region.village, region.paired].map(({ id }) => id);
  expect(deliveries.map(({ facilityId }) => facilityId).sort()).toEqual(linked.sort());

  const read = await acknowledgeOpinion(deps, doctor(), { id: view.id, rating: 5, comment: '' });
  expect(read).toMatchObject({ state: 'acknowledged', acknowledgedByName: '李医生', rating: 5 });
  expect(await kindsOf(view.id)).toEqual(['sent', 'accepted', 'started', 'ended', 'opinion-signed', 'acknowledged']);
});

describe('a case in front of a reader', () => {
  const reader = () => ctxFor(region.attending);

  test('becomes a draft with everything attached, and says while the consultation waits', async () => {
    const { caseId, orderId, studyIds } = await withImages(deps, region);
    await claimCase(deps, reader(), { id: caseId });
    const draft = await draftFromCase(deps, reader(), { caseId });
    expect(draft.content).toMatchObject({
      ...{ caseId, facilityId: region.county.id, patientId: region.patient.id, specialty: 'radiology' },
      attachments: { studyIds, orderIds: [orderId] },
      consent: { signer: '张三', relation: 'self' },
      invitees: [{ facilityId: region.paired.id }],
    });
    expect((await readCase(deps, reader(), { id: caseId })).consultation).toBeNull();

    const body = consultationBody(region, draft.content as never);
    const send = () => sendConsultation(deps, reader(), { ...body, draftId: draft.id });
    const [first, again] = await Promise.all([send(), send()]);
    expect(again?.id).toBe(first?.id);
    expect(await listDrafts(deps, reader())).toEqual([]);
    const waiting = await readCase(deps, reader(), { id: caseId });
    expect(waiting.consultation).toMatchObject({ id: draft.id, state: 'submitted' });
    expect(waiting.events.map(({ kind }) => kind)).toContain('consultation-asked');
    expect(await codeOf(draftFromCase(deps, reader(), { caseId }))).toBe('already-exists');

    await cancelConsultation(deps, reader(), { id: draft.id, revision: first?.revision ?? 0, reason: '已自行解决' });
    expect((await readCase(deps, reader(), { id: caseId })).consultation).toBeNull();
  });

  test('belongs to its centre', async () => {
    const { caseId } = await withImages(deps, region);
    for (const by of [region.doctor, region.outsider, region.first])
      expect(await codeOf(draftFromCase(deps, ctxFor(by), { caseId }))).toBe('not-found');
  });
});

describe('an answer', () => {
  test('another time is proposed, refused, proposed again and agreed; who had accepted is asked again', async () => {
    const at = new Date(clock.now().getTime() + 86_400_000).toISOString();
    const both = [region.first, region.second].map(({ accountId }) => ({
      facilityId: region.paired.id,
      expertId: accountId,
    }));
    const view = await sent(deps, region, { invitees: both });
    await accepted(deps, region.second, view);
    const invitation = { id: view.id, invitationId: invitationOf(view, region.first.accountId) };
    const propose = () => proposeTime(deps, expert(), { ...invitation, at, reason: '手术中' });
    await propose();
    await refuseTime(deps, doctor(), { ...invitation, reason: '患者明日出院' });
    await propose();
    const agreed = await agreeTime(deps, doctor(), invitation);
    expect(agreed).toMatchObject({ state: 'scheduled', scheduledAt: at, isImmediate: false });
    expect(agreed.invitations.map(({ state }) => state)).toEqual(['accepted', 'waiting']);
    expect(agreed.opensAt).not.toBeNull();
    expect(agreed.acts).not.toContain('join');
  });

  test('two experts who accept what was passed on: one is first, the other learns who', async () => {
    const view = await sent(deps, region, { invitees: [{ facilityId: region.paired.id, expertId: null }] });
    const take = (by: typeof region.first) =>
      acceptInvitation(deps, ctxFor(by), { id: view.id, invitationId: invitationOf(view) });
    const outcomes = await Promise.allSettled([take(region.first), take(region.second)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [lost] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(lost).toMatchObject({ code: 'already-claimed', details: { holder: expect.stringMatching(/专家/) } });
  });

  test('experts asked by name accept side by side, and the first takes the chair', async () => {
    const invitees = [region.first, region.second].map(({ accountId }) => ({
      facilityId: region.paired.id,
      expertId: accountId,
    }));
    const view = await sent(deps, region, { invitees, kind: 'joint' });
    await accepted(deps, region.second, view);
    const both = await accepted(deps, region.first, view);
    expect(both.invitations.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(both.chairId).toBe(region.second.accountId);
  });
});

describe('the opinion', () => {
  test('two windows cannot overwrite each other, and two that sign make one version', async () => {
    const { id } = await live(deps, region);
    const text = { findings: '', opinion: '意见', advice: '' };
    const windows = await Promise.allSettled(
      [1, 2].map(() => saveOpinion(deps, expert(), { id, revision: 1, ...text })),
    );
    expect(windows.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { revision } = await readOpinion(deps, expert(), { id });
    await Promise.all([1, 2, 3, 4].map(() => signOpinion(deps, expert(), { id, revision })));
    expect(await database.db.reportVersion.count({ where: { report: { consultationId: id } } })).toBe(1);
    expect((await readConsultation(deps, doctor(), { id })).state).toBe('concluded');
  });

  test('is not seen before it is signed, and not signed while it says nothing', async () => {
    const { id } = await live(deps, region);
    const blank = { findings: '', opinion: ' ', advice: '' };
    const { revision } = await saveOpinion(deps, expert(), { id, revision: 1, ...blank });
    const error = await refusalOf(signOpinion(deps, expert(), { id, revision }));
    expect(error).toMatchObject({ code: 'bad-input', details: { fields: [{ field: 'opinion' }] } });
    await saveOpinion(deps, expert(), { id, revision, findings: '', opinion: '写到一半', advice: '' });
    expect(await readOpinion(deps, doctor(), { id })).toMatchObject({ state: 'draft', opinion: '' });
  });

  test('is a moment of the session that its room remembers', async () => {
    const { id } = await live(deps, region);
    const at = clock.now();
    await database.db.room.create({ data: { consultationId: id, openedAt: at, aliveAt: at, view: {} } });
    const text = { findings: '', opinion: '意见', advice: '' };
    const { revision } = await saveOpinion(deps, expert(), { id, revision: 1, ...text });
    await signOpinion(deps, expert(), { id, revision });
    const entries = await database.db.roomEntry.findMany({ where: { consultationId: id } });
    expect(entries).toMatchObject([{ seq: 1, what: { kind: 'opinion', versionNumber: 1 }, name: '许专家' }]);
  });

  test('is corrected by a new version that replaces the old one everywhere and is read anew', async () => {
    const { view, opinion } = await signedOpinion(deps, region);
    const { id } = view;
    await acknowledgeOpinion(deps, doctor(), { id, comment: '' });
    const { revision } = await correctOpinion(deps, expert(), { id, revision: opinion.revision, reason: '侧别有误' });
    expect((await readOpinion(deps, doctor(), { id })).opinion).toBe('考虑周围型肺癌可能性大。');
    const text = { findings: '左下肺结节。', opinion: '左下肺癌可能。', advice: '' };
    const saved = await saveOpinion(deps, expert(), { id, revision, ...text });
    const corrected = await signOpinion(deps, expert(), { id, revision: saved.revision });
    expect(corrected.versions).toMatchObject([{ isReplaced: true }, { number: 2, kind: 'corrected' }]);
    expect(await readConsultation(deps, doctor(), { id })).toMatchObject({ state: 'concluded', acknowledgedAt: null });
    const { content } = await readVersion(deps, doctor(), { id: corrected.versions[1]?.id ?? '' });
    expect(content).toMatchObject({ kind: 'corrected', replacesVersion: 1, amendmentReason: '侧别有误' });
  });

  test('stands in inbox and ledger, and is acknowledged with the inbox', async () => {
    const { view, opinion } = await signedOpinion(deps, region);
    const versionId = opinion.versions[0]?.id ?? '';
    await database.db.delivery.updateMany({ where: { versionId }, data: { state: 'accepted' } });
    const ledger = await listDeliveries(deps, doctor(), { page: 1, pageSize: 50, versionId, q: '' });
    expect(ledger).toMatchObject({ total: 3, counts: {} });
    const found = await listDeliveries(deps, doctor(), { page: 1, pageSize: 50, orderId: view.id, q: view.number });
    expect(found.rows).toHaveLength(3);
    const { rows } = await listInbox(deps, doctor(), { page: 1, pageSize: 50, unread: true });
    const mine = rows.find((row) => row.versionId === versionId);
    expect(mine).toMatchObject({ orderNumber: view.number, impression: '考虑周围型肺癌可能性大。' });
    await acknowledgeResult(deps, doctor(), { id: mine?.id ?? '' });
    expect(await readConsultation(deps, doctor(), { id: view.id })).toMatchObject({ state: 'acknowledged' });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await createDraft(deps, doctor(), { facilityId: region.township.id, content: { reason: '未写完' } });
  });

  test('shows each side its own, by box, state and words', async () => {
    const view = await sent(deps, region);
    const query = { page: 1, pageSize: 50, q: '' } as const;
    const ids = async (by: typeof region.first, box: 'sent' | 'received' | 'mine', q = '') =>
      (await listConsultations(deps, ctxFor(by), { ...query, box, q })).rows.map(({ id }) => id);
    expect(await ids(region.doctor, 'sent')).toContain(view.id);
    expect(await ids(region.doctor, 'received')).toEqual([]);
    expect(await ids(region.first, 'received')).toContain(view.id);
    expect(await ids(region.first, 'mine', view.number)).toEqual([view.id]);
    expect(await ids(region.second, 'mine')).not.toContain(view.id);
    expect(await ids(region.outsider, 'received')).toEqual([]);
  });
});

test('whoever owes an answer finds it, whatever the others have answered', async () => {
  const own = await consultingRegion(database, given);
  const invitees = [own.first, own.second].map(({ accountId }) => ({ facilityId: own.paired.id, expertId: accountId }));
  const view = await sent(deps, own, { invitees });
  const owed = async (by: GivenAccount) =>
    (await listConsultations(deps, ctxFor(by), { page: 1, pageSize: 50, box: 'owed', q: '' })).rows.map(({ id }) => id);
  await accepted(deps, own.first, view);
  expect([await owed(own.first), await owed(own.second), await owed(own.doctor)]).toEqual([[], [view.id], []]);
  const at = new Date(clock.now().getTime() + 7_200_000).toISOString();
  const named = { id: view.id, invitationId: invitationOf(view, own.second.accountId) };
  await proposeTime(deps, ctxFor(own.second), { ...named, at, reason: '' });
  expect([await owed(own.second), await owed(own.doctor), await owed(own.technician)]).toEqual([[], [view.id], []]);
  await agreeTime(deps, ctxFor(own.doctor), named);
  // Another hour puts the first one's answer back.
  expect([await owed(own.first), await owed(own.doctor)]).toEqual([[view.id], []]);
});

test('a session that breaks off is terminated with a reason that everybody sees', async () => {
  const { id } = await live(deps, region);
  const { revision } = await readConsultation(deps, expert(), { id });
  await terminateConsultation(deps, expert(), { id, revision, reason: '链路中断，无法恢复' });
  expect(await readConsultation(deps, doctor(), { id })).toMatchObject({
    ...{ state: 'terminated', closedReason: '链路中断，无法恢复' },
  });
  expect(await database.db.consultationSession.count({ where: { consultationId: id, endedAt: null } })).toBe(0);
});
