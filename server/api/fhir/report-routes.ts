import { HubError } from '@lianzhen/contracts/errors.ts';
import { VersionKind } from '@lianzhen/contracts/reporting.ts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import { type Answer, baseOf, searchOf, searchset } from './answers.ts';
import { findReports } from './find-reports.ts';
import { idIn, paging, tokenValue } from './search-params.ts';

const Query = z.strictObject({
  ...paging,
  _id: z.uuid().optional(),
  _include: z.literal('DiagnosticReport:*').optional(),
  _lastUpdated: z.union([z.string(), z.array(z.string()).max(2)]).optional(),
  'based-on': z.string().max(80).optional(),
  identifier: z.string().max(200).optional(),
  patient: z.string().max(80).optional(),
  'patient.identifier': z.string().max(200).optional(),
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
  const { total, results } = await findReports(deps, ctxOf(res), filterOf(query), page, count);
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
  return {
    reportId: query._id,
    requestId: idIn('ServiceRequest', 'based-on', query['based-on']),
    patientId: idIn('Patient', 'patient', query.patient),
    patientNumber: tokenValue(query['patient.identifier'])?.toUpperCase(),
    orderNumber: tokenValue(query.identifier),
    kind: query.status,
    signedFrom: at('ge'),
    signedBefore: at('lt'),
  };
}
