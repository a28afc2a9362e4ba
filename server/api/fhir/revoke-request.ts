import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { inPlaces } from '../orders/named-fields.ts';
import { recordRefusal } from '../orders/refused-orders.ts';
import { revokeOrder } from '../orders/revoke-order.ts';
import { systemPlace } from '../orders/system-place.ts';
import { statusReason } from './code-systems.ts';
import { inShape, ServiceRequest } from './inbound.ts';
import { type RequestFound, requests } from './request-store.ts';
import { requestView } from './request-view.ts';
import type { Resource } from './served-resource.ts';

interface Revoke {
  id: string;
  body: unknown;
  /** If-Match, as it came. */
  ifMatch: string | undefined;
}

/**
 * The one change that a sender can make: status `revoked`, with a reason. It takes back the order, with all its exams.
 * @throws `not-found`, `reason-required`, `wrong-state` once somebody reads, `stale-revision`, `bad-input`
 */
export async function revokeRequest(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Revoke,
): Promise<Resource> {
  const now = clock.now();
  const work = db.transaction(async (tx) => {
    const place = await systemPlace(tx, ctx);
    const [found] = await requests(tx, place.scope, { id: input.id }, 0, 1);
    if (!found) throw new HubError('not-found');
    const request = inShape(ServiceRequest, input.body, 'ServiceRequest');
    const wrong = (field: string, expected: string) => new HubError('bad-input', { fields: [{ field, expected }] });
    if (request.id !== input.id) throw wrong('ServiceRequest.id', 'the id of the address');
    if (request.status !== 'revoked') throw wrong('ServiceRequest.status', 'revoked: nothing else can be changed');
    const revision = revisionOf(input.ifMatch);
    await revokeOrder(tx, ctx, place, { id: found.orderId, reason: reasonOf(request, found), revision }, now);
    const [after] = await requests(tx, place.scope, { id: input.id }, 0, 1);
    return requestView(after ?? found);
  });
  return work.catch(async (cause: unknown) => {
    const named = cause instanceof HubError && cause.code !== 'not-found' ? inPlaces(cause, places) : cause;
    await recordRefusal(db, ctx, 'fhir', named);
    throw named;
  });
}
const places = { '': 'ServiceRequest.status', reason: `ServiceRequest.extension('${statusReason}')` };

/** The extension that R4 has for it, else a note that was not there before. */
function reasonOf({ extension, note }: ServiceRequest, { order }: RequestFound): string | undefined {
  const said = extension.find(({ url }) => url === statusReason);
  const concept = said?.valueCodeableConcept;
  const text = concept?.text ?? concept?.coding[0]?.display ?? concept?.coding[0]?.code ?? said?.valueString;
  const added = note.map((one) => one.text).filter((one) => one !== order.history && one !== order.purpose);
  return text ?? (added.join('\n') || undefined);
}

function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined)
    throw new HubError('bad-input', { fields: [{ field: 'If-Match', expected: 'W/"version"' }] });
  return Number(version);
}
