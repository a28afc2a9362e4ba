import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { recordRefusal } from '../orders/refused-orders.ts';
import { systemPlace } from '../orders/system-place.ts';
import { recordTaken } from '../orders/take-order.ts';
import { takeOrders } from '../orders/take-orders.ts';
import { thoughMeeting } from '../orders/though-meeting.ts';
import { decoded } from './code-systems.ts';
import { fhirOrder } from './order-from-fhir.ts';
import { tokenOf } from './patient-from-fhir.ts';
import { requestsOf } from './request-store.ts';
import { requestView } from './request-view.ts';
import type { Resource } from './served-resource.ts';
import type { Standing } from './surroundings.ts';

export interface SentRequest extends Standing {
  /** A conditional create: only where there is none with this identifier. */
  ifNoneExist: string | undefined;
}
export interface CreatedRequest {
  resource: Resource;
  isNew: boolean;
  patient: { id: string; isNew: boolean };
  /** Where the resources stand that became part of it. */
  used: string[];
  patientPath: string | undefined;
}

/**
 * Takes ServiceRequests, all or none. One that was taken before under its number is answered as it is now, provided
 * it says the same.
 * @param along what came along, and whether all of it must belong to these requests
 * @returns one for each that was sent, in that order
 */
export async function createRequests(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  sent: readonly SentRequest[],
  along: { entries: ReadonlyArray<Standing & { fullUrl?: string | undefined }>; isWhole: boolean } = alone,
): Promise<CreatedRequest[]> {
  const now = clock.now();
  const take = async (tx: Tx): Promise<CreatedRequest[]> => {
    const place = await systemPlace(tx, ctx);
    const read = sent.map((one) => {
      const order = fhirOrder(one, along.entries, place.code);
      assertCondition(one, order.order.placerNumber);
      return order;
    });
    if (along.isWhole) assertUsed(along.entries, read);
    const taken = await takeOrders(tx, place, read, now);
    const exams = await requestsOf(
      tx,
      place.scope,
      taken.map(({ id }) => id),
    );
    await recordTaken(tx, ctx, taken);
    return read.map(({ used, patientPath }, at): CreatedRequest => {
      const order = taken.find((one) => one.at.includes(at));
      const exam = exams.filter(({ orderId }) => orderId === order?.id)[order?.at.indexOf(at) ?? 0];
      if (!order || !exam) throw new Error('every request that is taken is an exam');
      const { isNew, patient } = order;
      return { resource: requestView(exam), isNew, patient, used, patientPath };
    });
  };
  return thoughMeeting(() => db.transaction(take)).catch(async (cause: unknown) => {
    await recordRefusal(db, ctx, 'fhir', cause);
    throw cause;
  });
}

const alone = { entries: [], isWhole: false };

/** What nothing is made of must not seem to be kept. */
function assertUsed(entries: readonly Standing[], read: ReadonlyArray<{ used: string[] }>): void {
  const fields = entries
    .filter(({ path }) => !read.some(({ used }) => used.includes(path)))
    .map(({ path }) => ({ field: path, expected: 'a resource that a request refers to' }));
  if (fields.length > 0) throw new HubError('bad-input', { fields });
}

/** The condition may only be the number of the request itself: under it the hub takes a request once anyway. */
function assertCondition({ ifNoneExist, path }: SentRequest, placerNumber: unknown): void {
  if (ifNoneExist === undefined) return;
  const token = /^\??identifier=([^&]+)$/.exec(ifNoneExist.replace(/^ServiceRequest\?/, ''))?.[1];
  if (token !== undefined && tokenOf(decoded(token)).value === placerNumber) return;
  const expected = 'If-None-Exist: identifier=system|value, the number of the request itself';
  throw new HubError('bad-input', { fields: [{ field: `${path}.identifier`, expected }] });
}
