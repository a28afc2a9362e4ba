import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { recordRefusal } from '../orders/refused-orders.ts';
import { type CreatedRequest, createRequests, type SentRequest } from './create-requests.ts';
import { Bundle, inShape } from './inbound.ts';
import { outcomeOf } from './outcome.ts';
import type { Resource } from './served-resource.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type Entry = SentRequest & { fullUrl: string | undefined };
/** What came of an entry: its request, or why there is none. */
type Result = { created: CreatedRequest } | { cause: unknown };
const alongside = ['Patient', 'Consent', 'RelatedPerson', 'Encounter'];

/**
 * A transaction is taken whole or not at all; in a batch every request stands for itself. Patients, consents and the
 * like come along with the requests that refer to them.
 */
export async function takeBundle(deps: Part, ctx: Ctx, body: unknown): Promise<Resource> {
  const { type, entries } = await readBundle(deps, ctx, body);
  const requests = entries.filter(({ value }) => value.resourceType === 'ServiceRequest');
  const others = entries.filter((entry) => !requests.includes(entry));
  const results = new Map<Entry, Result>();
  if (type === 'transaction') {
    const created = await createRequests(deps, ctx, requests, { entries: others, isWhole: true });
    for (const [at, request] of requests.entries()) results.set(request, { created: created[at] as CreatedRequest });
  } else {
    for (const request of requests) results.set(request, await alone(deps, ctx, request, others));
  }
  return {
    resourceType: 'Bundle',
    type: `${type}-response`,
    entry: entries.map((entry) => {
      const own = results.get(entry);
      return own ? requestEntry(own, ctx) : otherEntry(entry, [...results.values()]);
    }),
  };
}

async function readBundle(deps: Part, ctx: Ctx, body: unknown): Promise<{ type: Bundle['type']; entries: Entry[] }> {
  try {
    const { type, entry } = inShape(Bundle, body, 'Bundle');
    const entries = entry.map(({ fullUrl, resource, request }, at): Entry => {
      const path = `Bundle.entry[${at}].resource`;
      return { value: resource, path, fullUrl, ifNoneExist: request.ifNoneExist };
    });
    const wrong = (at: number, part: string, expected: string) =>
      new HubError('bad-input', { fields: [{ field: `Bundle.entry[${at}].${part}`, expected }] });
    for (const [at, { resource, request }] of entry.entries()) {
      const { resourceType } = resource;
      const types = ['ServiceRequest', ...alongside];
      if (!types.includes(resourceType)) throw wrong(at, 'resource', types.join(', '));
      if (request.method !== 'POST') throw wrong(at, 'request.method', 'POST');
      if (request.url.replace(/^\//, '') !== resourceType) throw wrong(at, 'request.url', resourceType);
    }
    assertOrders(entries);
    return { type, entries };
  } catch (cause) {
    await recordRefusal(deps.db, ctx, 'fhir', cause);
    throw cause;
  }
}

/** @throws `bad-input` where nothing is ordered */
function assertOrders(entries: readonly Entry[]): void {
  if (entries.some(({ value }) => value.resourceType === 'ServiceRequest')) return;
  throw new HubError('bad-input', { fields: [{ field: 'Bundle.entry', expected: 'a ServiceRequest' }] });
}

const alone = (deps: Part, ctx: Ctx, request: Entry, others: readonly Entry[]): Promise<Result> =>
  createRequests(deps, ctx, [request], { entries: others, isWhole: false }).then(
    ([created]) => ({ created: created as CreatedRequest }),
    (cause: unknown) => {
      // What is wrong with the hub, and not with the request, is no answer to one entry.
      if (!(cause instanceof HubError)) throw cause;
      return { cause };
    },
  );

const status = (isNew: boolean): string => (isNew ? '201 Created' : '200 OK');

function requestEntry(result: Result, ctx: Ctx) {
  if ('cause' in result) {
    const { status: code, body } = outcomeOf(result.cause, ctx.requestId, ctx.language);
    return { response: { status: String(code), outcome: body } };
  }
  const { resource, isNew } = result.created;
  const etag = `W/"${resource.meta?.versionId}"`;
  return { resource, response: { status: status(isNew), location: `ServiceRequest/${resource.id}`, etag } };
}

/** What came along is what became of the request that it came with. */
function otherEntry(entry: Entry, results: readonly Result[]) {
  const created = results.flatMap((result) => ('created' in result ? [result.created] : []));
  const owner = created.find(({ used }) => used.includes(entry.path));
  // Nothing was made of it: no request took it with it.
  if (!owner) return { response: { status: '424 Failed Dependency' } };
  if (owner.patientPath !== entry.path) return { response: { status: status(owner.isNew) } };
  return { response: { status: status(owner.patient.isNew), location: `Patient/${owner.patient.id}` } };
}
