import { HubError } from '@lianzhen/contracts/errors.ts';
import { VersionKind } from '@lianzhen/contracts/reporting.ts';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { problemHeaders } from '../http/problem.ts';
import { ctxOf } from '../http/request-context.ts';
import { capabilityStatement } from './capability.ts';
import { findReports } from './find-reports.ts';
import { outcomeOf } from './outcome.ts';
import type { Resource } from './served-resource.ts';

const Query = z.strictObject({
  _id: z.uuid().optional(),
  _count: z.coerce.number().int().min(1).max(50).default(20),
  _page: z.coerce.number().int().min(1).max(10_000).default(1),
  _format: z.string().optional(),
  _include: z.literal('DiagnosticReport:*').optional(),
  _lastUpdated: z.union([z.string(), z.array(z.string()).max(2)]).optional(),
  identifier: z.string().max(200).optional(),
  patient: z.string().max(80).optional(),
  'patient.identifier': z.string().max(200).optional(),
  status: VersionKind.optional(),
});

/** FHIR R4 for the hospital systems of the linked facilities: they read their results. */
export function fhirRouter(deps: Deps): Router {
  const router = Router();
  router.get('/metadata', (req, res) => {
    send(res, 200, capabilityStatement(baseOf(deps, req), deps.clock.now().toISOString().slice(0, 10)));
  });
  router.get('/DiagnosticReport', answer(deps, searchReports));
  router.get('/DiagnosticReport/:id', answer(deps, readReport));
  router.use((_req, res) => answerOutcome(new HubError('not-found'), res));
  return router;
}

type Handle = (deps: Deps, req: Request, res: Response) => Promise<Resource>;
const answer = (deps: Deps, handle: Handle) => async (req: Request, res: Response) => {
  try {
    send(res, 200, await handle(deps, req, res));
  } catch (cause) {
    answerOutcome(cause, res);
  }
};

/** What is refused before it comes here, for a wrong token or for a flood, is refused in FHIR's own words as well. */
export const fhirErrors: ErrorRequestHandler = (cause, _req, res, _next) => answerOutcome(cause, res);

function answerOutcome(cause: unknown, res: Response): void {
  const ctx = ctxOf(res);
  const { status, body } = outcomeOf(cause, ctx.requestId, ctx.language);
  if (status >= 500) ctx.log.error({ err: cause }, 'FHIR request failed');
  send(res.set(problemHeaders(cause)), status, body);
}

function send(res: Response, status: number, body: object): void {
  res.status(status).setHeader('Cache-Control', 'no-store').type('application/fhir+json').send(JSON.stringify(body));
}
const baseOf = ({ config }: Pick<Deps, 'config'>, req: Request): string =>
  `${config.HUB_PUBLIC_URL?.replace(/\/$/, '') ?? `${req.protocol}://${req.get('host')}`}/fhir/R4`;

async function readReport(deps: Deps, req: Request, res: Response): Promise<Resource> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new HubError('not-found');
  const { results } = await findReports(deps, ctxOf(res), { reportId: id.data }, 1, 1);
  const report = results[0]?.find((resource) => resource.resourceType === 'DiagnosticReport');
  if (!report) throw new HubError('not-found');
  return report;
}

async function searchReports(deps: Deps, req: Request, res: Response): Promise<Resource> {
  const parsed = Query.safeParse(req.query);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), expected: issue.message }));
    throw new HubError('bad-input', { fields });
  }
  const query = parsed.data;
  const { total, results } = await findReports(deps, ctxOf(res), filterOf(query), query._page, query._count);
  const base = baseOf(deps, req);
  const entry = results.flatMap((resources) =>
    resources
      .filter((resource) => query._include || resource.resourceType === 'DiagnosticReport')
      .map((resource) => ({
        fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: resource.resourceType === 'DiagnosticReport' ? 'match' : 'include' },
      })),
  );
  const next =
    query._page * query._count < total ? [{ relation: 'next', url: pageUrl(base, req, query._page + 1) }] : [];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [{ relation: 'self', url: pageUrl(base, req, query._page) }, ...next],
    entry,
  };
}

function pageUrl(base: string, req: Request, page: number): string {
  const url = new URL(`${base}/DiagnosticReport`);
  for (const [name, value] of Object.entries(req.query))
    for (const one of [value].flat()) url.searchParams.append(name, String(one));
  url.searchParams.set('_page', String(page));
  return url.href;
}

/** A token search is `system|value` or `value`; the value alone decides here. */
const tokenValue = (token: string | undefined): string | undefined =>
  token?.slice(token.lastIndexOf('|') + 1) || undefined;

function filterOf(query: z.infer<typeof Query>) {
  const dates = [query._lastUpdated ?? []].flat();
  const at = (prefix: 'ge' | 'lt'): Date | undefined => {
    const text = dates.find((date) => date.startsWith(prefix))?.slice(2);
    if (text === undefined) return undefined;
    const date = new Date(text);
    if (Number.isNaN(date.getTime()))
      throw new HubError('bad-input', { fields: [{ field: '_lastUpdated', expected: 'ge or lt and an instant' }] });
    return date;
  };
  if (dates.some((date) => !/^(ge|lt)/.test(date)))
    throw new HubError('bad-input', { fields: [{ field: '_lastUpdated', expected: 'a prefix: ge or lt' }] });
  const patient = query.patient?.replace(/^Patient\//, '');
  if (patient !== undefined && !z.uuid().safeParse(patient).success)
    throw new HubError('bad-input', { fields: [{ field: 'patient', expected: 'Patient/{id}' }] });
  return {
    reportId: query._id,
    patientId: patient,
    patientNumber: tokenValue(query['patient.identifier'])?.toUpperCase(),
    orderNumber: tokenValue(query.identifier),
    kind: query.status,
    signedFrom: at('ge'),
    signedBefore: at('lt'),
  };
}
