import type { Role } from '@lianzhen/contracts/access.ts';
import type { ConsultationBody } from '@lianzhen/contracts/consultation-request.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Redis } from 'ioredis';
import { expect, vi } from 'vitest';
import { acceptInvitation } from '../../server/api/consultation/accept-invitation.ts';
import { keepNode, livingNodes } from '../../server/api/consultation/media-nodes.ts';
import { sessionEnded, sessionStarted } from '../../server/api/consultation/room-facts.ts';
import { sendConsultation } from '../../server/api/consultation/send-consultation.ts';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import type { DeskDeps } from './asking.ts';
import { askedFor, imagesArrive } from './asking.ts';
import { ctxFor, type GivenAccount, type GivenFacility } from './callers.ts';
import { type Given, givenIn, type Region } from './region.ts';

interface ExpertOptions {
  facility: GivenFacility;
  title?: Title;
  specialty?: string;
  licence?: string | null;
  since?: string | null;
  hours?: Array<{ weekday: number; from: string; to: string }>;
  roles?: Role[];
  name?: string;
}
const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '23:59' }));

/** Somebody of the directory: licensed, senior, on duty at every hour, unless said otherwise. */
export async function givenExpert(database: { readonly db: Db }, options: ExpertOptions): Promise<GivenAccount> {
  const {
    facility,
    title = 'chief',
    specialty = 'radiology',
    licence = '62000000000001',
    since = '2005-07-01',
  } = options;
  const roles = options.roles ?? ['expert'];
  const account = await givenIn(database).account({
    ...{ facility, roles, title },
    ...(options.name ? { name: options.name } : {}),
  });
  await database.db.account.update({ where: { id: account.accountId }, data: { licenceNumber: licence } });
  await database.db.expertProfile.create({
    data: {
      ...{ accountId: account.accountId, facilityId: facility.id, specialty, hours: options.hours ?? always },
      independentSince: since === null ? null : new Date(`${since}T00:00:00Z`),
    },
  });
  return { ...account, licenceNumber: licence };
}

/** A region whose township and county may ask the paired hospital, with two of its radiologists. */
export async function consultingRegion(database: { readonly db: Db }, given: Given) {
  const region = await given.region();
  for (const from of [region.township, region.county])
    await given.agreement({ from, to: region.paired, kind: 'pairing', lines: ['consultation'] });
  const first = await givenExpert(database, { facility: region.paired, name: '许专家' });
  const second = await givenExpert(database, { facility: region.paired, name: '何专家' });
  return { ...region, first, second };
}
export type ConsultingRegion = Awaited<ReturnType<typeof consultingRegion>>;

/** A request of the township that may go out as it is, to the first expert, at once. */
export const consultationBody = (
  region: ConsultingRegion,
  changes: Partial<ConsultationBody> = {},
): ConsultationBody => ({
  facilityId: region.township.id,
  patientId: region.patient.id,
  kind: 'single',
  urgency: 'urgent',
  reason: '右下肺占位，性质待定',
  purpose: '明确诊断，指导下一步治疗',
  time: { kind: 'immediate' },
  summary: '男，66 岁，咳嗽三月，痰中带血一周。',
  specialty: 'radiology',
  title: 'associate-chief',
  diagnosisText: '肺占位',
  invitees: [{ facilityId: region.paired.id, expertId: region.first.accountId }],
  attachments: { studyIds: [], orderIds: [], versionIds: [] },
  reportDraft: '',
  consent: { signer: '张三', relation: 'self', method: 'written', givenAt: '2026-11-22T09:00:00+08:00' },
  caseId: null,
  ...changes,
});

/** Sent by the township's doctor. */
export const sent = (
  deps: DeskDeps,
  region: ConsultingRegion,
  changes: Partial<ConsultationBody> = {},
): Promise<ConsultationView> => sendConsultation(deps, ctxFor(region.doctor), consultationBody(region, changes));

/** The invitation of somebody by name, or the only one. */
export const invitationOf = (view: ConsultationView, accountId?: string): string =>
  view.invitations.find(({ expert }) => accountId === undefined || expert?.accountId === accountId)?.id ?? '';

export const accepted = (deps: DeskDeps, by: GivenAccount, view: ConsultationView): Promise<ConsultationView> =>
  acceptInvitation(deps, ctxFor(by), { id: view.id, invitationId: invitationOf(view, by.accountId) });

/** Sent, accepted and begun: both sides are in the room. */
export async function live(deps: DeskDeps, region: ConsultingRegion, changes: Partial<ConsultationBody> = {}) {
  const view = await sent(deps, region, changes);
  await accepted(deps, region.first, view);
  await sessionStarted(deps, view.id, deps.clock.now());
  return view;
}

/** Held, written and signed by the first expert. */
export async function signedOpinion(deps: DeskDeps, region: ConsultingRegion, changes: Partial<ConsultationBody> = {}) {
  const view = await live(deps, region, changes);
  await sessionEnded(deps, view.id, deps.clock.now());
  const text = { findings: '右下肺分叶状结节。', opinion: '考虑周围型肺癌可能性大。', advice: '建议穿刺活检。' };
  const { revision } = await saveOpinion(deps, ctxFor(region.first), { id: view.id, revision: 1, ...text });
  const opinion = await signOpinion(deps, ctxFor(region.first), { id: view.id, revision });
  return { view, opinion };
}

/** An order of the township with images at the county's centre. */
export async function withImages(deps: DeskDeps, region: Region) {
  const { id: orderId } = await askedFor(deps, region);
  const caseId = await imagesArrive(deps, region, orderId);
  const studies = await deps.db.study.findMany({ where: { orderExam: { orderId } } });
  return { orderId, caseId, studyIds: studies.map(({ id }) => id) };
}

/** What opening the room's door takes beside a desk, with one media node that says it lives. */
export async function doorDeps(deps: DeskDeps, redis: Redis) {
  const stop = await keepNode(redis, 'node-1', () => ({
    ...{ url: 'http://127.0.0.1:1', rooms: 0, people: 0, workers: 1, producers: 0, consumers: 0 },
  }));
  // What a node says while its connection is still being made is not heard; the next time is two seconds later.
  await vi.waitFor(async () => expect(await livingNodes(redis)).not.toEqual([]), { timeout: 20_000 });
  const config = { JOIN_TOKEN_KEY: 'k'.repeat(32), HUB_TURN_URLS: [] as string[] } as unknown as Config;
  return {
    deps: {
      get db() {
        return deps.db;
      },
      ...{ clock: deps.clock, redis, config },
    },
    stop,
  };
}
