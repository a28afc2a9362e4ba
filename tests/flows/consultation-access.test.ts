import { randomUUID } from 'node:crypto';
import type { Role } from '@lianzhen/contracts/access.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { acceptInvitation } from '../../server/api/consultation/accept-invitation.ts';
import { declineInvitation } from '../../server/api/consultation/decline-invitation.ts';
import { cancelConsultation, terminateConsultation } from '../../server/api/consultation/end-consultation.ts';
import { inviteExperts } from '../../server/api/consultation/invite-experts.ts';
import { inviteGuest } from '../../server/api/consultation/invite-guest.ts';
import { joinConsultation } from '../../server/api/consultation/join-consultation.ts';
import { verifyJoinToken } from '../../server/api/consultation/join-token.ts';
import { listConsultations } from '../../server/api/consultation/list-consultations.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { readTimeline } from '../../server/api/consultation/read-timeline.ts';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { askSupplement, supplementConsultation } from '../../server/api/consultation/supplement-consultation.ts';
import { readOpinion, saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import type { Ctx } from '../../server/api/context.ts';
import { detachStudy } from '../../server/api/imaging/detach-study.ts';
import { dicomWebScope } from '../../server/api/imaging/dicomweb-access.ts';
import { studyInScopeByUid } from '../../server/api/imaging/retrieve-store.ts';
import { search } from '../../server/api/imaging/search-store.ts';
import { readPatient } from '../../server/api/patients/read-patient.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount, machineOf, movableClock } from '../factories/callers.ts';
import {
  accepted,
  type ConsultingRegion,
  consultingRegion,
  doorDeps,
  givenExpert,
  invitationOf,
  live,
  sent,
  signedOpinion,
  withImages,
} from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const redis = withRedis();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
let door: Awaited<ReturnType<typeof doorDeps>>['deps'];
/** A doctor of another township of the same county, who has nothing to do with any of it. */
let neighbour: GivenAccount;
beforeAll(async () => {
  region = await consultingRegion(database, given);
  const opened = await doorDeps(deps, redis.connect());
  door = opened.deps;
  const township = await given.facility({ parent: region.county });
  await given.agreement({ from: township, to: region.county, lines: ['imaging', 'consultation'] });
  neighbour = await given.account({ facility: township, roles: ['requesting-doctor'], title: 'attending' });
  return opened.stop;
});
const doctor = () => ctxFor(region.doctor);
const expert = () => ctxFor(region.first);

const everything = (ctx: Ctx, id: string, invitationId: string, versionId: string): Array<() => Promise<unknown>> => {
  const named = { id, invitationId, reason: '测试' };
  return [
    () => readConsultation(deps, ctx, { id }),
    () => readTimeline(deps, ctx, { id }),
    () => readOpinion(deps, ctx, { id }),
    () => acceptInvitation(deps, ctx, named),
    () => declineInvitation(deps, ctx, named),
    () => askSupplement(deps, ctx, named),
    () => supplementConsultation(deps, ctx, { id, text: '补充' }),
    () => inviteExperts(deps, ctx, { id, invitees: [] }),
    () => cancelConsultation(deps, ctx, { id, revision: 1, reason: '测试' }),
    () => terminateConsultation(deps, ctx, { id, revision: 1, reason: '测试' }),
    () => joinConsultation(door, ctx, { id }),
    () => inviteGuest(deps, ctx, { id, name: '某人', relation: '无', role: 'guest' }),
    () => saveOpinion(deps, ctx, { id, revision: 1, findings: '', opinion: '', advice: '' }),
    () => signOpinion(deps, ctx, { id, revision: 1 }),
    () => readVersion(deps, ctx, { id: versionId }),
  ];
};

describe('somebody of another facility', () => {
  test('finds nothing, whatever is asked', async () => {
    const { view, opinion } = await signedOpinion(deps, region);
    const versionId = opinion.versions[0]?.id ?? '';
    for (const attempt of everything(ctxFor(region.outsider), view.id, invitationOf(view), versionId))
      expect(await codeOf(attempt())).toBe('not-found');
    for (const attempt of everything(ctxFor(neighbour), view.id, invitationOf(view), versionId))
      expect(['not-found', 'forbidden']).toContain(await codeOf(attempt()));
    const list = await listConsultations(deps, ctxFor(neighbour), { page: 1, pageSize: 50, box: 'all', q: '' });
    expect(list).toMatchObject({ rows: [], total: 0 });
  });

  test('cannot ask for a patient, a study or an order that is not his to see', async () => {
    const { studyIds, orderId } = await withImages(deps, region);
    const other = await given.patient({ facility: region.stranger, name: '张三' });
    expect(await codeOf(sent(deps, region, { patientId: other.id }))).toBe('not-found');
    const county = await consultingRegion(database, given);
    const attachments = { studyIds, orderIds: [orderId], versionIds: [] };
    expect(await codeOf(sent(deps, county, { attachments }))).toBe('bad-input');
  });
});

describe('a reader of a house that reads what is attached', () => {
  test('sees the consultation where he works for that centre, and not where he reads something else', async () => {
    const asking = await consultingRegion(database, given);
    const { orderId } = await withImages(deps, asking);
    const attachments = { studyIds: [], orderIds: [orderId], versionIds: [] };
    const { view, opinion } = await signedOpinion(deps, asking, { attachments });
    const { id } = view;
    const versionId = opinion.versions[0]?.id ?? '';
    const ecg = await given.centre(asking.county, 'ecg');
    const roles: Role[] = ['reader', 'senior-reader'];
    const elsewhere = await given.account({ facility: asking.county, roles, title: 'chief', centreIds: [ecg.id] });
    expect(await readConsultation(deps, ctxFor(asking.attending), { id })).toMatchObject({ standing: 'linked' });
    for (const attempt of everything(ctxFor(elsewhere), id, randomUUID(), versionId))
      expect(['not-found', 'forbidden']).toContain(await codeOf(attempt()));
    expect(await codeOf(readConsultation(deps, ctxFor(elsewhere), { id }))).toBe('not-found');
    // What came of it is no more his than the consultation is.
    expect(await codeOf(readVersion(deps, ctxFor(elsewhere), { id: versionId }))).toBe('not-found');
    expect(await readVersion(deps, ctxFor(asking.attending), { id: versionId })).toMatchObject({ id: versionId });
    const listed = async (by: GivenAccount) =>
      (await listConsultations(deps, ctxFor(by), { page: 1, pageSize: 50, box: 'all', q: '' })).total;
    expect([await listed(elsewhere), await listed(asking.attending)]).toEqual([0, 1]);
  });
});

describe('an invited facility', () => {
  const colleague = () => givenExpert(database, { facility: region.paired, specialty: 'cardiology' });

  test('sees, and its other staff do not answer for whom was named', async () => {
    const view = await sent(deps, region);
    const other = await colleague();
    expect(await readConsultation(deps, ctxFor(other), { id: view.id })).toMatchObject({
      standing: 'observer',
      acts: [],
    });
    const answer = { id: view.id, invitationId: invitationOf(view), reason: '我来' };
    expect(await codeOf(acceptInvitation(deps, ctxFor(other), answer))).toBe('forbidden');
    expect(await codeOf(declineInvitation(deps, ctxFor(other), answer))).toBe('forbidden');
  });

  test('writes no opinion before its expert has accepted, and nobody else signs for him', async () => {
    const { id } = await live(deps, region);
    const text = { id, revision: 1, findings: '', opinion: '意见', advice: '' };
    for (const by of [region.second, await colleague()])
      expect(await codeOf(saveOpinion(deps, ctxFor(by), text))).toBe('forbidden');
    expect(await codeOf(saveOpinion(deps, doctor(), text))).toBe('forbidden');
    const { revision } = await saveOpinion(deps, expert(), text);
    expect(await codeOf(signOpinion(deps, ctxFor(region.second), { id, revision }))).toBe('forbidden');
  });
});

describe('the attached images', () => {
  const uidOf = async (id: string) => (await database.db.study.findUniqueOrThrow({ where: { id } })).studyInstanceUid;
  const mayLoad = async (ctx: Ctx, uid: string) =>
    (await studyInScopeByUid(database.db, dicomWebScope(ctx), uid)) !== null;
  const finds = async (ctx: Ctx) =>
    (await search(database.db, dicomWebScope(ctx), { level: 'study', conditions: [], limit: 50, offset: 0 })).length;

  test('are loaded by people of the invited facility from the invitation until a week after the end, by nobody else', async () => {
    const asking = await consultingRegion(database, given);
    const { studyIds } = await withImages(deps, asking);
    const [studyId = ''] = studyIds;
    const uid = await uidOf(studyId);
    const inviter = ctxFor(asking.first);
    expect(await mayLoad(inviter, uid)).toBe(false);
    const view = await sent(deps, asking, { attachments: { studyIds, orderIds: [], versionIds: [] } });
    expect([await mayLoad(inviter, uid), await finds(inviter)]).toEqual([true, 1]);
    expect(await readPatient(deps, inviter, { id: asking.patient.id })).toMatchObject({ id: asking.patient.id });
    const machine = ctxFor(machineOf(asking.paired, ['results:read', 'studies:send']));
    expect([await mayLoad(machine, uid), await finds(machine)]).toEqual([false, 0]);
    expect(await mayLoad(ctxFor(asking.outsider), uid)).toBe(false);

    // What is shown is not handed over: nothing of it can be changed from there.
    const reader = await givenExpert(database, {
      facility: asking.paired,
      roles: ['expert', 'reader', 'senior-reader'],
    });
    expect(await codeOf(detachStudy(deps, ctxFor(reader), { id: studyId, reason: '测试' }))).toBe('not-found');

    await cancelConsultation(deps, ctxFor(asking.doctor), { id: view.id, revision: view.revision, reason: '转院' });
    const [grant] = await database.db.studyGrant.findMany({ where: { consultationId: view.id } });
    expect(grant?.until?.getTime()).toBe(clock.now().getTime() + 7 * 86_400_000);
    await database.db.studyGrant.updateMany({ data: { until: new Date(Date.now() - 1000) } });
    await database.db.patientFacility.updateMany({
      where: { facilityId: asking.paired.id },
      data: { until: new Date(Date.now() - 1000) },
    });
    expect([await mayLoad(inviter, uid), await finds(inviter)]).toEqual([false, 0]);
    expect(await codeOf(readPatient(deps, inviter, { id: asking.patient.id }))).toBe('not-found');
  });

  test('are gone at once for a facility that declined', async () => {
    const asking = await consultingRegion(database, given);
    const { studyIds } = await withImages(deps, asking);
    const uid = await uidOf(studyIds[0] ?? '');
    const view = await sent(deps, asking, { attachments: { studyIds, orderIds: [], versionIds: [] } });
    const answer = { id: view.id, invitationId: invitationOf(view), reason: '无相应专业' };
    await declineInvitation(deps, ctxFor(asking.first), answer);
    expect(await mayLoad(ctxFor(asking.first), uid)).toBe(false);
  });
});

describe('the door of the room', () => {
  test('opens for each in his role, once an expert has accepted', async () => {
    const view = await sent(deps, region);
    expect(await codeOf(joinConsultation(door, doctor(), { id: view.id }))).toBe('wrong-state');
    expect(await codeOf(joinConsultation(door, expert(), { id: view.id }))).toBe('forbidden');
    await accepted(deps, region.first, view);
    const village = await given.account({ facility: region.village, roles: ['requesting-doctor'] });
    const roles: Array<[GivenAccount, string]> = [
      [region.first, 'chair'],
      [region.doctor, 'requester'],
      [village, 'requester'],
      [region.technician, 'observer'],
    ];
    for (const [by, role] of roles) {
      const answer = await joinConsultation(door, ctxFor(by), { id: view.id });
      const { claims } = await verifyJoinToken(door, answer.token);
      expect(answer).toMatchObject({ role, seatId: by.accountId, socketPath: '/media/node-1/socket.io' });
      expect(claims).toMatchObject({ consultationId: view.id, accountId: by.accountId, role, name: by.displayName });
    }
  });

  test('stays shut for the people of a facility none of whose experts has accepted', async () => {
    const second = await given.facility({ level: 'city' });
    await given.agreement({ from: region.township, to: second, kind: 'pairing', lines: ['consultation'] });
    const asked = await givenExpert(database, { facility: second });
    const colleague = await givenExpert(database, { facility: second, specialty: 'cardiology' });
    const invitees = [region.first, asked].map(({ accountId }, at) => ({
      facilityId: at === 0 ? region.paired.id : second.id,
      expertId: accountId,
    }));
    const view = await sent(deps, region, { invitees });
    await accepted(deps, region.first, view);
    const tries = () => codeOf(joinConsultation(door, ctxFor(colleague), { id: view.id }));
    expect(await tries()).toBe('forbidden');
    expect((await readConsultation(deps, ctxFor(colleague), { id: view.id })).acts).toEqual([]);
    await accepted(deps, asked, view);
    expect((await joinConsultation(door, ctxFor(colleague), { id: view.id })).role).toBe('observer');
  });

  test('opens half an hour before an appointment, and not after the end', async () => {
    const at = new Date(clock.now().getTime() + 3_600_000).toISOString();
    const view = await sent(deps, region, { time: { kind: 'appointment', at } });
    await accepted(deps, region.first, view);
    expect(await codeOf(joinConsultation(door, doctor(), { id: view.id }))).toBe('wrong-state');
    clock.advance(31 * 60);
    expect((await joinConsultation(door, doctor(), { id: view.id })).role).toBe('requester');
    const { view: over } = await signedOpinion(deps, region);
    expect(await codeOf(joinConsultation(door, doctor(), { id: over.id }))).toBe('wrong-state');
  });
});
