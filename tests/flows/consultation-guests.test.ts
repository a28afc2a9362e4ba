import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledgeOpinion } from '../../server/api/consultation/acknowledge-opinion.ts';
import { inviteGuest, revokeGuest } from '../../server/api/consultation/invite-guest.ts';
import { joinAsGuest } from '../../server/api/consultation/join-as-guest.ts';
import { joinConsultation } from '../../server/api/consultation/join-consultation.ts';
import { verifyJoinToken } from '../../server/api/consultation/join-token.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { sessionEnded } from '../../server/api/consultation/room-facts.ts';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import type { Ctx } from '../../server/api/context.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, movableClock, nobody } from '../factories/callers.ts';
import { accepted, type ConsultingRegion, consultingRegion, doorDeps, live, sent } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const redis = withRedis();
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
let door: Awaited<ReturnType<typeof doorDeps>>['deps'];
beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
  const opened = await doorDeps(deps, redis.connect());
  door = opened.deps;
  return opened.stop;
});
const doctor = () => ctxFor(region.doctor);
const expert = () => ctxFor(region.first);

describe('a guest', () => {
  const callerAt = (address: string): Ctx => ({ ...ctxFor(nobody), address });
  const invited = async () => {
    const view = await sent(deps, region);
    await accepted(deps, region.first, view);
    const guest = await inviteGuest(deps, doctor(), { id: view.id, name: '张小妹', relation: '女儿', role: 'guest' });
    return { view, guest };
  };

  test('takes the seat once with number and code, and the same seat again with the pass alone', async () => {
    const { view, guest } = await invited();
    const { number, code } = guest;
    const first = await joinAsGuest(door, callerAt('10.0.0.1'), { number, code: code.toLowerCase() });
    const { claims } = await verifyJoinToken(door, first.token);
    expect(claims).toMatchObject({ seatId: guest.id, accountId: null, role: 'guest', name: '张小妹' });
    expect(await codeOf(joinAsGuest(door, callerAt('10.0.0.1'), { number, code }))).toBe('wrong-credentials');
    const again = await joinAsGuest(door, callerAt('10.0.0.1'), { number, pass: first.pass });
    expect(again).toMatchObject({ seatId: guest.id, pass: first.pass });
    const shown = await readConsultation(deps, doctor(), { id: view.id });
    expect(JSON.stringify(shown)).not.toContain(code);
    expect(await database.db.auditEntry.count({ where: { action: 'consultation.guestJoined' } })).toBe(2);
    await revokeGuest(deps, doctor(), { id: view.id, guestId: guest.id });
    const back = joinAsGuest(door, callerAt('10.0.0.1'), { number, pass: first.pass });
    expect(await codeOf(back)).toBe('wrong-credentials');
  });

  test('is one of two who use the code at once', async () => {
    const { guest } = await invited();
    const key = { number: guest.number, code: guest.code };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => joinAsGuest(door, callerAt('10.0.0.2'), key)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('who guesses closes the seat; a flood from one address is bounded', async () => {
    const { guest } = await invited();
    const { number, code } = guest;
    const guess = () => codeOf(joinAsGuest(door, callerAt('10.0.0.3'), { number, code: 'AAAAAAAA' }));
    for (let wrong = 0; wrong < 5; wrong++) expect(await guess()).toBe('wrong-credentials');
    expect(await codeOf(joinAsGuest(door, callerAt('10.0.0.4'), { number, code }))).toBe('wrong-credentials');
    const many = await Promise.all(Array.from({ length: 120 }, guess));
    expect(many).toContain('rate-limited');
  });

  test('comes back with the others where the opinion is signed, and read, while the session goes on', async () => {
    const view = await live(deps, region);
    const { number, code } = await inviteGuest(deps, doctor(), {
      ...{ id: view.id, name: '张小妹', relation: '女儿', role: 'guest' },
    });
    const { pass } = await joinAsGuest(door, callerAt('10.0.0.6'), { number, code });
    const text = { id: view.id, findings: '', opinion: '考虑良性', advice: '' };
    const { revision } = await saveOpinion(deps, expert(), { ...text, revision: 1 });
    await signOpinion(deps, expert(), { id: view.id, revision });
    const comeBack = async () => {
      expect((await joinAsGuest(door, callerAt('10.0.0.6'), { number, pass })).role).toBe('guest');
      expect((await joinConsultation(door, expert(), { id: view.id })).role).toBe('chair');
    };
    await comeBack();
    await acknowledgeOpinion(deps, doctor(), { id: view.id, comment: '' });
    await comeBack();
    await sessionEnded(deps, view.id, clock.now());
    expect(await codeOf(joinAsGuest(door, callerAt('10.0.0.6'), { number, pass }))).toBe('wrong-state');
    expect(await codeOf(joinConsultation(door, expert(), { id: view.id }))).toBe('wrong-state');
  });

  test('comes in neither before the room is open nor after it', async () => {
    const { view, guest } = await invited();
    const key = { number: guest.number, code: guest.code };
    await database.db.consultation.update({ where: { id: view.id }, data: { state: 'live' } });
    await sessionEnded(deps, view.id, clock.now());
    expect(await codeOf(joinAsGuest(door, callerAt('10.0.0.5'), key))).toBe('wrong-state');
    clock.advance(5 * 3600);
    expect(await codeOf(joinAsGuest(door, callerAt('10.0.0.5'), key))).toBe('wrong-credentials');
  });
});
