import { HubError } from '@lianzhen/contracts/errors.ts';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { requireMachine } from '../context.ts';
import type { Deps } from '../deps.ts';
import { depthOf } from '../http/json-depth.ts';
import { ctxOf } from '../http/request-context.ts';
import { recordRefusal } from '../orders/refused-orders.ts';
import { type Answer, answer, baseOf, searchOf, searchset } from './answers.ts';
import { createRequests } from './create-requests.ts';
import { findRequests, readRequest } from './find-requests.ts';
import { examWithNumber } from './number-search.ts';
import { tokenOf } from './patient-from-fhir.ts';
import { stateOf } from './request-view.ts';
import { revokeRequest } from './revoke-request.ts';
import { idIn, paging, Searched, Token, withPatientNumber } from './search-params.ts';
import type { Resource } from './served-resource.ts';
import { takeBundle } from './take-bundle.ts';

const types = ['application/fhir+json', 'application/json'];
const bodyLimit = '1mb';
const deepest = 32;

/** Orders of hospital systems: sent, looked at, taken back. */
export function requestRouter(deps: Deps): Router {
  const router = Router();
  const body = [onlySenders(deps), ...readBody];
  router.post('/', body, answer(deps, postBundle));
  router.post('/ServiceRequest', body, answer(deps, postRequest));
  router.put('/ServiceRequest/:id', body, answer(deps, putRequest));
  router.get('/ServiceRequest', answer(deps, searchRequests));
  router.get('/ServiceRequest/:id', answer(deps, getRequest));
  return router;
}

/** Nobody's body is read who may not send one. */
const onlySenders =
  (deps: Deps): RequestHandler =>
  async (_req, res, next) => {
    const ctx = ctxOf(res);
    try {
      requireMachine(ctx, 'orders:send');
    } catch (cause) {
      await recordRefusal(deps.db, ctx, 'fhir', cause);
      throw cause;
    }
    next();
  };

const readBody: RequestHandler[] = [
  (req, _res, next) => {
    if (!req.is(types)) throw new HubError('unsupported-media-type', { expected: 'application/fhir+json' });
    next();
  },
  express.json({
    limit: bodyLimit,
    type: types,
    verify: (_req, _res, text) => {
      if (depthOf(text) > deepest)
        throw new HubError('malformed-request', { expected: `at most ${deepest} levels of nesting` });
    },
  }),
];

const etagOf = ({ meta }: Resource): string => `W/"${meta?.versionId}"`;

async function postRequest(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const value = req.body as Parameters<typeof createRequests>[2][number]['value'];
  const sent = { value, path: 'ServiceRequest', ifNoneExist: req.get('if-none-exist') };
  const [created] = await createRequests(deps, ctxOf(res), [sent]);
  if (!created) throw new Error('one request is one answer');
  const { resource, isNew } = created;
  const headers = { Location: `${baseOf(deps, req)}/ServiceRequest/${resource.id}`, ETag: etagOf(resource) };
  return { status: isNew ? 201 : 200, body: resource, headers };
}

const postBundle = async (deps: Deps, req: Request, res: Response): Promise<Answer> => ({
  body: await takeBundle(deps, ctxOf(res), req.body),
});

async function putRequest(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const input = { id: idOf(req), body: req.body as unknown, ifMatch: req.get('if-match') };
  const resource = await revokeRequest(deps, ctxOf(res), input);
  return { body: resource, headers: { ETag: etagOf(resource) } };
}

async function getRequest(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const resource = await readRequest(deps, ctxOf(res), idOf(req));
  return { body: resource, headers: { ETag: etagOf(resource) } };
}

function idOf(req: Request): string {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new HubError('not-found');
  return id.data;
}

const Query = z.strictObject({
  ...paging,
  _id: z.uuid().optional(),
  identifier: Token(500).optional(),
  patient: Searched(80).optional(),
  subject: Searched(80).optional(),
  'patient.identifier': Token(200).optional(),
  status: Searched(100).optional(),
});

async function searchRequests(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const query = searchOf(Query, req);
  const { _page: page, _count: count } = query;
  const { total, resources } = await findRequests(deps, ctxOf(res), filterOf(query), page, count);
  const entry = resources.map((resource) => ({ resource, mode: 'match' as const }));
  return { body: searchset(baseOf(deps, req), req, 'ServiceRequest', { total, page, count, entry }) };
}

function filterOf(query: z.infer<typeof Query>) {
  const token = query.identifier === undefined ? undefined : tokenOf(query.identifier);
  const states = query.status?.split(',').map((status) => stateOf[status.slice(status.lastIndexOf('|') + 1)]);
  if (states?.includes(undefined))
    throw new HubError('bad-input', {
      fields: [{ field: 'status', expected: Object.keys(stateOf).join(', ') }],
    });
  // Two names of one thing: both must be true, and neither is let fall.
  const patientId = idIn('Patient', 'patient', query.patient);
  const subjectId = idIn('Patient', 'subject', query.subject);
  if (patientId && subjectId && patientId !== subjectId)
    throw new HubError('bad-input', {
      fields: [{ field: 'subject', expected: 'the same as patient, or one of both' }],
    });
  return {
    id: query._id,
    patientId: patientId ?? subjectId,
    patientNumber: withPatientNumber(query['patient.identifier']),
    numbers: token && examWithNumber(token),
    states: states?.filter((state) => state !== undefined),
  };
}
