import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { problemHeaders } from '../http/problem.ts';
import { ctxOf } from '../http/request-context.ts';
import { outcomeOf } from './outcome.ts';
import type { Resource } from './served-resource.ts';

export interface Answer {
  status?: number;
  body: Resource;
  headers?: Record<string, string>;
}
type Handle = (deps: Deps, req: Request, res: Response) => Promise<Answer>;

/** A route whose errors are OperationOutcomes. */
export const answer = (deps: Deps, handle: Handle) => async (req: Request, res: Response) => {
  try {
    const { status = 200, body, headers = {} } = await handle(deps, req, res);
    res.set(headers);
    // http://hl7.org/fhir/R4/http.html#ops: who wants less is given less.
    if (req.method !== 'GET' && /\breturn=minimal\b/.test(req.get('prefer') ?? '')) res.status(status).end();
    else send(res, status, body);
  } catch (cause) {
    answerOutcome(cause, res);
  }
};

export function answerOutcome(cause: unknown, res: Response): void {
  const ctx = ctxOf(res);
  const { status, body } = outcomeOf(cause, ctx.requestId, ctx.language);
  if (status >= 500) ctx.log.error({ err: cause }, 'FHIR request failed');
  send(res.set(problemHeaders(cause)), status, body);
}

export function send(res: Response, status: number, body: object): void {
  res.status(status).setHeader('Cache-Control', 'no-store').type('application/fhir+json').send(JSON.stringify(body));
}

export const baseOf = ({ config }: Pick<Deps, 'config'>, req: Request): string =>
  `${config.HUB_PUBLIC_URL?.replace(/\/$/, '') ?? `${req.protocol}://${req.get('host')}`}/fhir/R4`;

/** @throws `bad-input` naming each parameter that is not understood */
export function searchOf<T extends z.ZodType>(schema: T, req: Request): z.infer<T> {
  const parsed = schema.safeParse(req.query);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), expected: issue.message }));
  throw new HubError('bad-input', { fields });
}

interface Page {
  total: number;
  page: number;
  count: number;
  entry: Array<{ resource: Resource; mode: 'match' | 'include' }>;
}

/** A page of a search, with the way to the next. @param type the resource that was searched for */
export function searchset(base: string, req: Request, type: string, { total, page, count, entry }: Page): Resource {
  const urlOf = (number: number): string => {
    const url = new URL(`${base}/${type}`);
    for (const [name, value] of Object.entries(req.query))
      for (const one of [value].flat()) url.searchParams.append(name, String(one));
    url.searchParams.set('_page', String(number));
    return url.href;
  };
  const next = page * count < total ? [{ relation: 'next', url: urlOf(page + 1) }] : [];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [{ relation: 'self', url: urlOf(page) }, ...next],
    entry: entry.map(({ resource, mode }) => ({
      ...{ fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource, search: { mode } },
    })),
  };
}
