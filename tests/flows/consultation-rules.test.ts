import { beforeAll, describe, expect, test } from 'vitest';
import { declineInvitation } from '../../server/api/consultation/decline-invitation.ts';
import { cancelConsultation } from '../../server/api/consultation/end-consultation.ts';
import { inviteExperts } from '../../server/api/consultation/invite-experts.ts';
import { listExperts } from '../../server/api/consultation/list-experts.ts';
import { listManagedExperts, saveExpert } from '../../server/api/consultation/manage-experts.ts';
import { proposeTime } from '../../server/api/consultation/propose-time.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { askSupplement, supplementConsultation } from '../../server/api/consultation/supplement-consultation.ts';
import { saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import {
  accepted,
  type ConsultingRegion,
  consultingRegion,
  givenExpert,
  invitationOf,
  live,
  sent,
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
const fieldsOf = async (work: Promise<unknown>) =>
  ((await refusalOf(work)).details.fields as Array<{ field: string }>).map(({ field }) => field);
const toFirst = () => [{ facilityId: region.paired.id, expertId: region.first.accountId }];

describe('rule 1: nothing goes out without an agreement', () => {
  test('between these two facilities, in force, for consultations', async () => {
    const other = await given.facility({ level: 'province' });
    const there = await givenExpert(database, { facility: other });
    const invitees = [{ facilityId: other.id, expertId: there.accountId }];
    expect(await refusalOf(sent(deps, region, { invitees }))).toMatchObject({
      ...{ code: 'no-agreement', details: { missing: 'no-agreement' } },
    });
    const written = await given.agreement({ from: region.township, to: other, lines: ['imaging'] });
    const missing = async () => (await refusalOf(sent(deps, region, { invitees }))).details.missing;
    expect(await missing()).toBe('line-not-covered');
    const change = (data: object) => database.db.agreement.update({ where: { id: written.id }, data });
    await change({ lines: ['consultation'], validTo: new Date('2026-11-21') });
    expect(await missing()).toBe('expired');
    await change({ validTo: new Date('2026-11-22'), state: 'draft' });
    expect(await missing()).toBe('not-signed');
    await change({ state: 'signed' });
    expect(await sent(deps, region, { invitees })).toMatchObject({ state: 'submitted' });
  });

  test('one that ended meanwhile is found when the expert accepts', async () => {
    const asking = await consultingRegion(database, given);
    const view = await sent(deps, asking);
    await database.db.agreement.updateMany({ where: { fromId: asking.township.id }, data: { state: 'ended' } });
    expect(await codeOf(accepted(deps, asking.first, view))).toBe('no-agreement');
  });
});

describe('rule 2: consent', () => {
  test('is there, and whoever signs for another says as whom', async () => {
    const consent = {
      signer: '李四',
      relation: 'self',
      method: 'written',
      givenAt: '2026-11-22T09:00:00+08:00',
    } as const;
    expect(await refusalOf(sent(deps, region, { consent }))).toMatchObject({
      ...{ code: 'consent-missing', details: { fields: [{ field: 'consent.relation' }] } },
    });
    const view = await sent(deps, region, { consent: { ...consent, relation: 'child' } });
    await database.db.consultationConsent.delete({ where: { consultationId: view.id } });
    expect(await codeOf(accepted(deps, region.first, view))).toBe('consent-missing');
  });
});

test('rule 3: everything that is wrong is named at once', async () => {
  const id = '00000000-0000-7000-8000-000000000000';
  const body = {
    time: { kind: 'appointment', at: '2026-11-21T09:00:00Z' } as const,
    attachments: { studyIds: [id], orderIds: [id], versionIds: [id] },
    invitees: [...toFirst(), ...toFirst()],
  };
  expect(await fieldsOf(sent(deps, region, body))).toEqual([
    ...['invitees.1', 'attachments.studyIds.0', 'attachments.orderIds.0', 'attachments.versionIds.0', 'time.at'],
  ]);
});

test('rule 4: a decline keeps its reason for the sender, and ends what that facility could see', async () => {
  const view = await sent(deps, region);
  const answer = { id: view.id, invitationId: invitationOf(view), reason: '资料不足以会诊' };
  await declineInvitation(deps, expert(), answer);
  expect(await readConsultation(deps, doctor(), { id: view.id })).toMatchObject({
    ...{
      state: 'declined',
      closedReason: '资料不足以会诊',
      invitations: [{ state: 'declined', reason: '资料不足以会诊' }],
    },
  });
  expect(await codeOf(readConsultation(deps, expert(), { id: view.id }))).toBe('not-found');
});

test('rule 5: more material is asked for once only', async () => {
  const invitees = [region.first, region.second].map(({ accountId }) => ({
    facilityId: region.paired.id,
    expertId: accountId,
  }));
  const view = await sent(deps, region, { invitees });
  const ask = (by: typeof region.first) =>
    askSupplement(deps, ctxFor(by), {
      ...{ id: view.id, invitationId: invitationOf(view, by.accountId), reason: '请补充增强 CT' },
    });
  expect(await ask(region.first)).toMatchObject({ state: 'supplement-asked', supplementAsked: '请补充增强 CT' });
  expect(await codeOf(ask(region.second))).toBe('supplement-used');
  clock.advance(60);
  const back = await supplementConsultation(deps, doctor(), { id: view.id, text: '已补充' });
  expect(back).toMatchObject({ state: 'submitted', supplements: [{ text: '已补充', byName: '李医生' }] });
  expect(back.invitations[0]?.dueAt).toBe(new Date(clock.now().getTime() + 30 * 60_000).toISOString());
  expect(await codeOf(ask(region.first))).toBe('supplement-used');
});

describe('rule 7: who may be invited', () => {
  test('is licensed, senior enough, three years on his own, of the specialty, and of that facility', async () => {
    const facility = region.paired;
    const wrong = await Promise.all([
      givenExpert(database, { facility, licence: null }),
      givenExpert(database, { facility, title: 'attending' }),
      givenExpert(database, { facility, since: '2023-11-23' }),
      givenExpert(database, { facility, since: null }),
      givenExpert(database, { facility, specialty: 'cardiology' }),
      givenExpert(database, { facility: region.stranger }),
    ]);
    for (const { accountId } of wrong) {
      const invitees = [{ facilityId: facility.id, expertId: accountId }];
      expect(await fieldsOf(sent(deps, region, { invitees }))).toEqual(['invitees.0.expertId']);
    }
    const enough = await givenExpert(database, { facility, since: '2023-11-22' });
    await sent(deps, region, { invitees: [{ facilityId: facility.id, expertId: enough.accountId }] });
    const filter = { facilityId: region.township.id, specialty: 'radiology', title: 'associate-chief', q: '' } as const;
    const shown = await listExperts(deps, doctor(), filter);
    const lacks = (at: number) => shown.find(({ accountId }) => accountId === wrong[at]?.accountId)?.lacks;
    expect([0, 1, 2].map(lacks)).toEqual([['no-licence'], ['too-junior'], ['too-few-years']]);
    expect(shown[0]?.lacks).toEqual([]);
  });

  test('is looked at again when he accepts', async () => {
    const junior = await givenExpert(database, { facility: region.paired, title: 'attending' });
    const view = await sent(deps, region, { invitees: [{ facilityId: region.paired.id, expertId: null }] });
    expect(
      await refusalOf(
        accepted(
          deps,
          { ...junior, accountId: junior.accountId },
          {
            ...view,
            invitations: view.invitations.map((one) => ({
              ...one,
              expert: { accountId: junior.accountId, name: '', title: null },
            })),
          },
        ),
      ),
    ).toMatchObject({
      ...{ code: 'forbidden', details: { lacks: ['too-junior'] } },
    });
  });

  test('more experts are asked while it runs, under the same rules', async () => {
    const { id } = await live(deps, region);
    const stranger = await givenExpert(database, { facility: region.stranger });
    const ask = (facilityId: string, expertId: string) =>
      inviteExperts(deps, expert(), { id, invitees: [{ facilityId, expertId }] });
    expect(await codeOf(ask(region.stranger.id, stranger.accountId))).toBe('no-agreement');
    expect(await codeOf(ask(region.paired.id, region.first.accountId))).toBe('bad-input');
    const more = await ask(region.paired.id, region.second.accountId);
    expect(more.invitations).toHaveLength(2);
    expect((await accepted(deps, region.second, more)).state).toBe('live');
  });
});

test('rule 8: only the facility that asked takes its request back, and only before the session', async () => {
  const view = await sent(deps, region);
  const cancel = (by: typeof region.first, id = view.id, revision = view.revision) =>
    cancelConsultation(deps, ctxFor(by), { id, revision, reason: '患者转院' });
  expect(await codeOf(cancel(region.first))).toBe('forbidden');
  expect(await codeOf(cancel(region.attending))).toBe('not-found');
  expect(await cancel(region.doctor)).toMatchObject({ state: 'cancelled', closedReason: '患者转院' });
  const begun = await live(deps, region);
  const { revision } = await readConsultation(deps, doctor(), { id: begun.id });
  expect(await codeOf(cancel(region.doctor, begun.id, revision))).toBe('wrong-state');
});

test('rule 21: an opinion on pathology is signed by an associate chief or above', async () => {
  const junior = await givenExpert(database, { facility: region.paired, specialty: 'pathology', title: 'attending' });
  const invitees = [{ facilityId: region.paired.id, expertId: junior.accountId }];
  const asked = await sent(deps, region, { specialty: 'pathology', title: 'attending', invitees });
  await accepted(deps, junior, asked);
  await database.db.consultation.update({ where: { id: asked.id }, data: { state: 'opinion-due' } });
  const text = { findings: '', opinion: '恶性', advice: '' };
  const saved = await saveOpinion(deps, ctxFor(junior), { id: asked.id, revision: 1, ...text });
  const sign = signOpinion(deps, ctxFor(junior), { id: asked.id, revision: saved.revision });
  expect(await codeOf(sign)).toBe('not-senior');
});

describe('the directory', () => {
  test('is written by each for himself and by the admin of the facility for all', async () => {
    const admin = await given.account({ facility: region.paired, roles: ['facility-admin'] });
    const [own] = await listManagedExperts(deps, expert());
    const key = { facilityId: region.paired.id, accountId: region.first.accountId };
    const body = { specialty: 'radiology', introduction: '胸部', hours: [], override: null, isListed: true } as const;
    const revision = own?.revision ?? 0;
    const saved = await saveExpert(deps, expert(), {
      ...key,
      ...body,
      hours: [],
      independentSince: '1980-01-01',
      revision,
    });
    // Since when he works on his own is not for himself to say.
    expect(saved).toMatchObject({ introduction: '胸部', independentSince: '2005-07-01', isOnDuty: false });
    const write = (by: typeof admin, changes: object) =>
      saveExpert(deps, ctxFor(by), {
        ...key,
        ...body,
        hours: [],
        independentSince: '2004-01-01',
        revision: 1,
        ...changes,
      });
    expect(await codeOf(write(region.first, { revision: 1 }))).toBe('stale-revision');
    expect(await codeOf(write(region.second, { revision: 2 }))).toBe('forbidden');
    expect(await codeOf(write(region.outsider, { revision: 2 }))).toBe('forbidden');
    expect(await write(admin, { revision: 2 })).toMatchObject({ independentSince: '2004-01-01' });
  });
});

test('a time that is past or half a year off is proposed to nobody', async () => {
  const view = await sent(deps, region);
  for (const at of ['2026-11-21T00:00:00Z', '2027-11-22T00:00:00Z'])
    expect(
      await codeOf(proposeTime(deps, expert(), { id: view.id, invitationId: invitationOf(view), at, reason: '' })),
    ).toBe('bad-input');
});
