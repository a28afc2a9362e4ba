import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';
import type { SystemOrder } from './system-order.ts';
import type { SystemPlace } from './system-place.ts';
import { centresOf } from './system-store.ts';

/**
 * The centre that a request is for: of the facility that it names, else the only one with an agreement in force.
 * @throws `not-found`, `no-agreement`, or `bad-input` where several could be meant
 */
export async function chooseCentre(tx: Tx, place: SystemPlace, order: SystemOrder, now: Date): Promise<string> {
  const line = await lineOf(tx, order);
  const centres = await centresOf(tx, line, order.centreCode);
  const [named] = centres;
  if (order.centreCode !== undefined) {
    const expected = `the code of a facility with a centre for ${line}`;
    if (!named) throw new HubError('not-found', { field: 'centreCode', expected });
    return named.id;
  }
  const today = dayIn(place.timeZone, now);
  const hosts = centres.map(({ facility }) => facility.id);
  const rows = await store.agreements(tx, [place.facilityId], hosts);
  const open = centres.filter(({ facility }) => {
    const written = rows.filter(({ toId }) => toId === facility.id).map(datesOf);
    return agreementStanding(written, line, today).agreement !== null;
  });
  const [only, other] = open;
  if (!only) {
    const expected = 'an agreement in force that covers this line';
    throw new HubError('no-agreement', { missing: 'no-agreement', fields: [{ field: 'centreCode', expected }] });
  }
  if (other) {
    const expected = `one of ${open.map(({ facility }) => facility.code).join(', ')}`;
    throw new HubError('bad-input', { fields: [{ field: 'centreCode', expected }] });
  }
  return only.id;
}

/** An exam that is not in the catalogue is named with everything else that is wrong, later. */
async function lineOf(tx: Tx, { exams }: SystemOrder): Promise<ServiceLine> {
  const [item] = await store.catalogueItems(
    tx,
    exams.map(({ examCode }) => examCode),
  );
  return ServiceLine.safeParse(item?.line).data ?? 'imaging';
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
const datesOf = <A extends { validFrom: Date; validTo: Date }>(row: A) => ({
  ...row,
  validFrom: day(row.validFrom),
  validTo: day(row.validTo),
});
