import { HubError } from '@lianzhen/contracts/errors.ts';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import express, { Router } from 'express';
import type { Ctx } from '../context.ts';
import { depthOf } from './json-depth.ts';
import { asHubError, problemFor, problemHeaders, statusOf } from './problem.ts';
import { ctxOf } from './request-context.ts';

const bodyLimit = '512kb';
const deepest = 64;

/** All JSON routes, and the document that describes them. */
export function apiRouter(routes: AnyRouter): Router {
  const handler = new OpenAPIHandler<{ ctx: Ctx }>(routes, {
    interceptors: [
      async ({ next, context: { ctx } }) => {
        try {
          return await next();
        } catch (cause) {
          return { matched: true, response: problemResponse(cause, ctx) };
        }
      },
    ],
  });
  const router = Router();
  router.get('/openapi.json', async (_req, res) => {
    openApi ??= describe();
    res.json(await openApi);
  });
  router.use(refuseOtherBodies, express.json({ limit: bodyLimit, strict: false, verify: refuseDeepBodies }));
  router.use(async (req, res, next) => {
    // Answers hold patients' data: no cache between here and the screen keeps them.
    res.setHeader('Cache-Control', 'no-store');
    const { matched } = await handler.handle(req, res, { prefix: '/api', context: { ctx: ctxOf(res) } });
    if (!matched) next();
  });
  return router;
}

let openApi: Promise<unknown> | undefined;
function describe(): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(hubContract, {
    info: { title: 'Lianzhen', version: '1.0.0' },
    servers: [{ url: '/api' }],
  });
}

/** A stream keeps the content type of RFC 9457; a plain object would be sent as application/json. */
function problemResponse(cause: unknown, ctx: Ctx) {
  const error = asHubError(cause);
  if (error.code === 'internal') ctx.log.error({ err: error.cause }, 'request failed');
  const body = new Blob([JSON.stringify(problemFor(error, ctx.requestId, ctx.language))]).stream();
  const headers = { ...problemHeaders(error), 'content-type': 'application/problem+json' };
  return { status: statusOf(error), headers, body };
}

/** Whatever walks over a value, and many things do, may call itself once per level. */
const refuseDeepBodies = (_req: unknown, _res: unknown, body: Buffer): void => {
  if (depthOf(body) > deepest)
    throw new HubError('malformed-request', { expected: `at most ${deepest} levels of nesting` });
};

/** JSON routes take JSON: nothing else is parsed, so nothing else can be large, nested or strange. */
const refuseOtherBodies: express.RequestHandler = (req, _res, next) => {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is('application/json'))
    throw new HubError('unsupported-media-type', { expected: 'application/json' });
  next();
};
