import { HubError } from '@lianzhen/contracts/errors.ts';
import { VersionKind } from '@lianzhen/contracts/reporting.ts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Ctx, requireMachine } from '../context.ts';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import { type Answer, baseOf, searchOf, searchset } from './answers.ts';
import { beginningOf } from './date-search.ts';
import { findReports } from './find-reports.ts';
import { subjectWithNumber } from './number-search.ts';
import { tokenOf } from './patient-from-fhir.ts';
import { idIn, paging, Searched, Token, withPatientNumber } from './search-params.ts';
import { timeZoneOf } from './store.ts';

const Query = z.strictObject({
  ...paging,
  _id: z.uuid().optional(),
  _include: z.literal('DiagnosticReport:*').optional(),
  _lastUpdated: z.union([z.string(), z.array(z.string()).max(2)]).optional(),
  'based-on': Searched(80).optional(),
  identifier: Token(200).optional(),
  patient: Searched(80).optional(),
  'patient.identifier': Token(200).optional(),
  status: VersionKind.optional(),
});

export async function readReport(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const id = z.uuid().safeParse(req.params.id);
  if (!id.success) throw new HubError('not-found');
  const { results } = await findReports(deps, ctxOf(res), { reportId: id.data }, 1, 1);
  const report = results[0]?.find((resource) => resource.resourceType === 'DiagnosticReport');
  if (!report) throw new HubError('not-found');
  return { body: report };
}

export async function searchReports(deps: Deps, req: Request, res: Response): Promise<Answer> {
  const query = searchOf(Query, req);
  const { _page: page, _count: count } = query;
  const filter = { ...filterOf(query), ...(await signedWithin(deps, ctxOf(res), query._lastUpdated)) };
  const { total, results } = await findReports(deps, ctxOf(res), filter, page, count);
  const entry = results.flatMap((resources) =>
    resources
      .filter((resource) => query._include || resource.resourceType === 'DiagnosticReport')
      .map((resource) => ({
        resource,
        mode: resource.resourceType === 'DiagnosticReport' ? ('match' as const) : ('include' as const),
      })),
  );
  return { body: searchset(baseOf(deps, req), req, 'DiagnosticReport', { total, page, count, entry }) };
}

function filterOf(query: z.infer<typeof Query>) {
  const token = query.identifier === undefined ? undefined : tokenOf(query.identifier);
  return {
    reportId: query._id,
    requestId: idIn('ServiceRequest', 'based-on', query['based-on']),
    patientId: idIn('Patient', 'patient', query.patient),
    patientNumber: withPatientNumber(query['patient.identifier']),
    numbered: token && subjectWithNumber(token),
    kind: query.status,
  };
}

/** Between which instants the version was signed; where a date says no offset, the clock of who asks is meant. */
async function signedWithin({ db }: Deps, ctx: Ctx, asked: z.infer<typeof Query>['_lastUpdated']) {
  const dates = [asked ?? []].flat();
  if (dates.length === 0) return {};
  const prefixes = new Set(dates.map((date) => date.slice(0, 2)));
  if (prefixes.size < dates.length)
    throw new HubError('bad-input', { fields: [{ field: '_lastUpdated', expected: 'each prefix once' }] });
  if (dates.some((date) => !/^(ge|lt)/.test(date)))
    throw new HubError('bad-input', { fields: [{ field: '_lastUpdated', expected: 'a prefix: ge or lt' }] });
  const timeZone = await timeZoneOf(db, requireMachine(ctx, 'results:read').facilityId);
  const at = (prefix: 'ge' | 'lt'): Date | undefined => {
    const text = dates.find((date) => date.startsWith(prefix))?.slice(2);
    if (text === undefined) return undefined;
    const instant = beginningOf(text, timeZone);
    if (!instant)
      throw new HubError('bad-input', { fields: [{ field: '_lastUpdated', expected: 'ge or lt and a FHIR date' }] });
    return instant;
  };
  return { signedFrom: at('ge'), signedBefore: at('lt') };
}
