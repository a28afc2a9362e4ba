import { beforeEach, describe, expect, test } from 'vitest';
import { closeAlarm } from '../../server/api/ecg/alarms/answer-alarm.ts';
import { askRoom, readNote } from '../../server/api/ecg/alarms/sender-acts.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { alarmsAt } from '../factories/ecg-alarms.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, infarction, orderedEcg } from '../factories/ecg-region.ts';
import { refusalOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let order: Awaited<ReturnType<typeof orderedEcg>>['order'];
/** An infarction was recorded for an order, and found it. */
beforeEach(async () => {
  region = await ecgRegion(database);
  ({ order } = await orderedEcg(database, edge, region));
  const device = machineOf(region.township, ['studies:send']);
  await edge.upload(device, aecgOf(infarction()), `?orderId=${order.id}`);
  await edge.work();
  await edge.settle();
});
const deps = () => edge.apiDeps();
const { alarmsOf, only, acknowledge } = alarmsAt(edge);
/** Somebody who sends recordings too, from another house. */
const strangerDoctor = () =>
  givenIn(database).account({ facility: region.stranger, roles: ['requesting-doctor', 'technician'] });
/** A consultation that was asked for about a case, and that nobody has answered. */
async function consultationOf(caseId: string): Promise<string> {
  const { id } = await database.db.consultation.create({
    data: {
      ...{ number: `HZ-${caseId}`, caseId, patientId: region.patient.id, kind: 'single', urgency: 'emergency' },
      ...{ requestingFacilityId: region.county.id, requesterId: region.reader.accountId, state: 'submitted' },
      ...{ reason: 'x', purpose: 'x', summary: 'x', specialty: 'cardiology', title: 'chief', isImmediate: true },
      submittedAt: edge.clock.now(),
    },
  });
  return id;
}

describe('an alarm, where it was sent from,', () => {
  test('that was dismissed stays, with the reason, until somebody there has read it', async () => {
    const { id, revision } = await acknowledge(region.reader);
    const note = '早期复极，与三月份心电图一致';
    expect(await refusalOf(readNote(deps(), ctxFor(region.doctor), { id }))).toMatchObject({ code: 'wrong-state' });
    await closeAlarm(deps(), ctxFor(region.senior), { id, revision, isFalse: true, note });
    expect(await alarmsOf(region.reader)).toEqual([]);
    const row = await only(region.doctor);
    expect(row).toMatchObject({ state: 'dismissed', closedNote: note, closedByName: '吴心电', noteReadAt: null });
    expect(row.closedAt).toBeTypeOf('string');
    expect(await refusalOf(readNote(deps(), ctxFor(region.reader), { id }))).toMatchObject({ code: 'forbidden' });
    for (const actor of [region.outsider, await strangerDoctor()])
      expect(await refusalOf(readNote(deps(), ctxFor(actor), { id }))).toMatchObject({ code: 'not-found' });
    expect(await readNote(deps(), ctxFor(region.technician), { id })).toMatchObject({ state: 'dismissed' });
    expect(await alarmsOf(region.doctor)).toEqual([]);
    // Again is no error, and no second entry.
    await readNote(deps(), ctxFor(region.doctor), { id });
    expect((await alarmsOf(region.doctor, 'all')).find((one) => one.id === id)?.closedNote).toBe(note);
    const { noteReadByName } = await database.db.ecgAlarm.findUniqueOrThrow({ where: { id } });
    expect(noteReadByName).toBe('技师');
    expect(await database.db.auditEntry.count({ where: { action: 'ecg.alarmNoteRead', objectId: id } })).toBe(1);
  });

  test('is one key from a call for a room, and tells whether there is one', async () => {
    const { id } = await only(region.reader);
    expect(await only(region.technician)).toMatchObject({ room: 'none', consultationId: null, roomAskedAt: null });
    const calls = () => database.db.auditEntry.count({ where: { action: 'ecg.alarmRoomAsked', objectId: id } });
    await askRoom(deps(), ctxFor(region.doctor), { id });
    await askRoom(deps(), ctxFor(region.technician), { id });
    expect([await calls(), (await only(region.reader)).roomAskedByName]).toEqual([1, '李医生']);
    edge.clock.advance(10_000);
    await askRoom(deps(), ctxFor(region.technician), { id });
    expect(await calls()).toBe(2);
    const heard = await only(region.reader);
    expect(heard).toMatchObject({ isCalled: true, roomAskedByName: '技师', room: 'none' });
    expect(heard.roomAskedAt).toBeTypeOf('string');
    expect(await refusalOf(askRoom(deps(), ctxFor(region.reader), { id }))).toMatchObject({ code: 'forbidden' });
    for (const actor of [region.outsider, await strangerDoctor()])
      expect(await refusalOf(askRoom(deps(), ctxFor(actor), { id }))).toMatchObject({ code: 'not-found' });
    const found = await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } });
    const consultationId = await consultationOf(found.id);
    const asHour = (state: string, more: object = {}) =>
      database.db.consultation.update({ where: { id: consultationId }, data: { state, ...more } });
    expect(await only(region.doctor)).toMatchObject({ room: 'waiting', consultationId });
    const hour = new Date(edge.clock.now().getTime() + 3_600_000);
    await asHour('scheduled', { scheduledAt: hour });
    expect(await only(region.doctor)).toMatchObject({ room: 'waiting', consultationId });
    edge.clock.advance(1_860_000);
    expect(await only(region.doctor)).toMatchObject({ room: 'open', consultationId });
    for (const state of ['accepted', 'live', 'opinion-due']) {
      await asHour(state);
      expect(await only(region.reader)).toMatchObject({ room: 'open', consultationId });
    }
    const over = { endedAt: edge.clock.now() };
    for (const state of ['concluded', 'acknowledged', 'declined', 'cancelled', 'missed', 'archived']) {
      await asHour(state, over);
      expect(await only(region.doctor)).toMatchObject({ room: 'none', consultationId: null });
    }
    const { revision } = await acknowledge(region.reader);
    await closeAlarm(deps(), ctxFor(region.reader), { id, revision, isFalse: true, note: '伪差' });
    expect(await refusalOf(askRoom(deps(), ctxFor(region.doctor), { id }))).toMatchObject({ code: 'wrong-state' });
  });
});
