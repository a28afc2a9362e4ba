import type { DutyRosterView, DutyShift } from '@lianzhen/contracts/duty-roster.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { shiftOf } from '@lianzhen/db/duty-roster.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './roster-store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;

/**
 * Who is on duty at a centre in the week, and who of its house may be.
 * @throws `not-found` for a centre of a house that one does not run
 */
export const readDutyRoster = ({ db }: Part, ctx: Ctx, { id }: { id: string }): Promise<DutyRosterView> =>
  db.transaction(async (tx) => rosterView(tx, await centreInReach(tx, ctx, id)));

/**
 * Writes the whole week. Alarms that are out go by it from their next call on.
 * @throws `not-found`, `stale-revision` where somebody wrote it meanwhile, `bad-input` naming the shift and the day for
 *   somebody who neither reads for this centre nor is a senior of its house
 */
export async function saveDutyRoster(
  { db, clock }: Part,
  ctx: Ctx,
  { id, revision, shifts }: { id: string; revision: number; shifts: DutyShift[] },
): Promise<DutyRosterView> {
  requireAccess(ctx, 'facility:manage');
  const { displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    await store.lockCentre(tx, id);
    const centre = await centreInReach(tx, ctx, id);
    const { facility, roster } = centre;
    const found = roster?.revision ?? 0;
    if (found !== revision) throw new HubError('stale-revision', { expected: revision, found });
    await assertPeople(tx, centre, shifts);
    await store.replaceShifts(tx, id, shifts, { changedAt: clock.now(), changedByName: displayName });
    await emit(tx, { topic: 'facility', id, revision: revision + 1, facilityIds: [facility.id] });
    await recordAudit(tx, {
      ...auditOf(ctx, facility.id),
      ...{ action: 'facilities.dutyRosterChanged', objectType: 'centre', objectId: id },
      detail: { revision: revision + 1, shifts: shifts.length, people: peopleIn(shifts).length },
    });
    return rosterView(tx, await centreInReach(tx, ctx, id));
  });
}

/** A centre of a house that one runs; of any other it is not told that it exists. */
async function centreInReach(tx: Tx, ctx: Ctx, id: string): Promise<store.CentreWithRoster> {
  const { facilityIds } = requireAccess(ctx, 'facility:manage');
  const found = await store.centre(tx, id);
  if (!found || !facilityIds.includes(found.facility.id)) throw new HubError('not-found');
  return found;
}

const peopleIn = (shifts: ReadonlyArray<Pick<DutyShift, 'days'>>): string[] => [
  ...new Set(shifts.flatMap(({ days }) => days.flat())),
];

async function assertPeople(tx: Tx, centre: store.CentreWithRoster, shifts: readonly DutyShift[]): Promise<void> {
  const known = new Set((await store.candidates(tx, centre)).map(({ id }) => id));
  const fields = shifts.flatMap(({ days }, shift) =>
    days.flatMap((turn, day) =>
      turn.every((id) => known.has(id))
        ? []
        : [
            {
              field: `shifts.${shift}.days.${day}`,
              expected: 'people who read for this centre, and the seniors of its facility',
            },
          ],
    ),
  );
  if (fields.length > 0) throw new HubError('bad-input', { fields });
}

async function rosterView(tx: Tx, centre: store.CentreWithRoster): Promise<DutyRosterView> {
  const { facility, roster, members } = centre;
  const shifts = (roster?.shifts ?? []).map(shiftOf);
  const may = await store.candidates(tx, centre);
  const gone = peopleIn(shifts).filter((id) => !may.some((one) => one.id === id));
  const readers = new Set(members.map(({ accountId }) => accountId));
  const person = (isGone: boolean) => (row: (typeof may)[number]) => ({
    ...{ id: row.id, name: row.displayName, title: Title.nullable().parse(row.title) },
    ...{ isReader: readers.has(row.id), isGone },
  });
  const people = [...may.map(person(false)), ...(await store.people(tx, gone)).map(person(true))];
  return {
    ...{ centreId: centre.id, centreName: centre.name, facilityName: facility.name, timeZone: facility.timeZone },
    ...{ revision: roster?.revision ?? 0, changedAt: roster?.changedAt.toISOString() ?? null },
    changedByName: roster?.changedByName ?? null,
    shifts,
    people: people.toSorted((a, b) => Number(b.isReader) - Number(a.isReader)),
  };
}
