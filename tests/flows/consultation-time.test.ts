import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledgeOpinion } from '../../server/api/consultation/acknowledge-opinion.ts';
import { explainAbsence } from '../../server/api/consultation/end-consultation.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { readTimeline } from '../../server/api/consultation/read-timeline.ts';
import { sessionEnded, sessionStarted } from '../../server/api/consultation/room-facts.ts';
import { consultationSweepSteps } from '../../workers/consultation/sweep.ts';
import type { WorkerDeps } from '../../workers/deps.ts';
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
  signedOpinion,
} from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, given);
});
const minutes = (count: number) => clock.advance(count * 60);
const sweep = async () => {
  const worker = { db: database.db, clock } as unknown as WorkerDeps;
  for (const step of consultationSweepSteps) await step.run(worker);
};
const look = (id: string, by = region.doctor) => readConsultation(deps, ctxFor(by), { id });
const kindsOf = async (id: string) =>
  (await readTimeline(deps, ctxFor(region.doctor), { id })).events.map(({ kind }) => kind);
const inMinutes = (count: number) => new Date(clock.now().getTime() + count * 60_000).toISOString();

describe('rule 6: an answer within thirty minutes, or what was agreed', () => {
  test('what is overdue passes on to the next expert on duty, is in the ledger once, and either may answer', async () => {
    const asking = await consultingRegion(database, given);
    await givenExpert(database, { facility: asking.paired, hours: [], name: '不在班' });
    await givenExpert(database, { facility: asking.paired, title: 'attending', name: '职称不够' });
    const view = await sent(deps, asking);
    minutes(29);
    await sweep();
    expect(await kindsOf2(view.id, asking)).toEqual(['sent']);
    minutes(2);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await kindsOf2(view.id, asking)).toEqual(['sent', 'overdue', 'passed-on']);
    const passed = await look(view.id, asking.doctor);
    expect(passed.invitations).toMatchObject([
      { expert: { name: '许专家' }, state: 'waiting', overdueAt: expect.any(String) },
      { expert: { name: '何专家' }, state: 'waiting', passedOnFromId: invitationOf(view) },
    ]);
    expect(passed).toMatchObject({ state: 'submitted', isOverdue: true });
    expect(
      await database.db.auditEntry.count({ where: { action: 'consultation.invitationOverdue', objectId: view.id } }),
    ).toBe(1);

    await accepted(deps, asking.second, passed);
    expect(await codeOf(accepted(deps, asking.first, passed))).toBe('already-claimed');
    const taken = await look(view.id, asking.doctor);
    expect(taken.invitations.map(({ state }) => state)).toEqual(['superseded', 'accepted']);
    minutes(60);
    await sweep();
    expect((await look(view.id, asking.doctor)).invitations).toHaveLength(2);
  });

  test('the agreement may give another time', async () => {
    const deadlines = [{ line: 'consultation', urgency: 'emergency', minutes: 5 }] as const;
    const other = await given.facility({ level: 'province' });
    await given.agreement({ from: region.township, to: other, lines: ['consultation'], deadlines: [...deadlines] });
    const there = await givenExpert(database, { facility: other });
    const invitees = [{ facilityId: other.id, expertId: there.accountId }];
    const view = await sent(deps, region, { invitees, urgency: 'emergency' });
    expect(view.dueAt).toBe(inMinutes(5));
    minutes(6);
    await sweep();
    // Nobody else is there: it is overdue for everybody to see, and stays with him.
    expect(await kindsOf(view.id)).toEqual(['sent', 'overdue']);
    expect(await accepted(deps, there, view)).toMatchObject({ state: 'accepted' });
  });
  const kindsOf2 = async (id: string, asking: ConsultingRegion) =>
    (await readTimeline(deps, ctxFor(asking.doctor), { id })).events.map(({ kind }) => kind);
});

describe('an appointment', () => {
  const appointed = async (after: number) => {
    const view = await sent(deps, region, { time: { kind: 'appointment', at: inMinutes(after) } });
    return accepted(deps, region.first, view);
  };

  test('is reminded of an hour and ten minutes before, once each', async () => {
    const { id, state } = await appointed(90);
    expect(state).toBe('scheduled');
    await sweep();
    minutes(31);
    for (const _ of [1, 2]) await sweep();
    minutes(50);
    for (const _ of [1, 2]) await sweep();
    expect((await kindsOf(id)).filter((kind) => kind === 'reminded')).toHaveLength(2);
  });

  test('to which nobody came is missed an hour later, with who was absent and why', async () => {
    const { id } = await appointed(10);
    minutes(69);
    await sweep();
    expect((await look(id)).state).toBe('scheduled');
    minutes(2);
    await sweep();
    expect(await look(id)).toMatchObject({ state: 'missed', closedReason: 'nobody-came' });
    await explainAbsence(deps, ctxFor(region.first), { id, reason: '抢救患者' });
    const { events } = await readTimeline(deps, ctxFor(region.doctor), { id });
    expect(events.at(-1)).toMatchObject({ kind: 'explained', reason: '抢救患者', byName: '许专家' });
  });

  test('to which one side came says which one did not', async () => {
    const { id } = await appointed(10);
    await database.db.roomSeat.create({
      data: {
        ...{ consultationId: id, seatId: region.doctor.accountId, accountId: region.doctor.accountId },
        ...{
          role: 'requester',
          name: '李医生',
          facilityName: '',
          colour: '#000',
          secretHash: '',
          admittedAt: clock.now(),
        },
      },
    });
    minutes(80);
    await sweep();
    expect(await look(id)).toMatchObject({ state: 'missed', closedReason: 'expert-absent' });
  });
});

test('an opinion that is owed for a day is said once; what is over for a month is put away', async () => {
  const { id } = await live(deps, region);
  await sessionEnded(deps, id, clock.now());
  minutes(24 * 60 + 1);
  for (const _ of [1, 2]) await sweep();
  expect((await kindsOf(id)).filter((kind) => kind === 'opinion-overdue')).toHaveLength(1);
  const { view } = await signedOpinion(deps, region);
  await acknowledgeOpinion(deps, ctxFor(region.doctor), { id: view.id, comment: '' });
  minutes(31 * 24 * 60);
  await sweep();
  expect((await look(view.id)).state).toBe('archived');
});

test('a session that is reopened goes on; the time together leaves the gap out', async () => {
  const { id } = await live(deps, region);
  const at = clock.now().getTime();
  const seat = (seatId: string, role: string) => ({
    ...{ consultationId: id, seatId, accountId: seatId, role, name: role, facilityName: '' },
    ...{ colour: '#000', secretHash: '', admittedAt: clock.now() },
  });
  const [one, other] = [region.doctor.accountId, region.first.accountId];
  await database.db.roomSeat.createMany({ data: [seat(one, 'requester'), seat(other, 'chair')] });
  const span = (seatId: string, from: number, until: number) => ({
    ...{ consultationId: id, seatId, from: new Date(at + from * 1000), until: new Date(at + until * 1000) },
  });
  await database.db.roomAttendance.createMany({
    data: [span(one, 0, 600), span(other, 0, 200), span(other, 284, 600)],
  });
  clock.advance(600);
  await sessionEnded(deps, id, clock.now());
  await sessionEnded(deps, id, clock.now());
  await sessionStarted(deps, id, clock.now());
  expect((await look(id)).state).toBe('live');
  await sessionEnded(deps, id, clock.now());
  const timeline = await readTimeline(deps, ctxFor(region.doctor), { id });
  expect(timeline).toMatchObject({ durationSeconds: 516, interruptions: [{ name: 'chair' }] });
  expect(timeline.events.map(({ kind }) => kind).slice(-4)).toEqual(['started', 'ended', 'started', 'ended']);
});
