import { randomUUID } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { AnyRouter } from '@orpc/server';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import type { Deps } from '../deps.ts';
import { apiRouter } from './api-handler.ts';
import { healthRoutes } from './health-routes.ts';
import { measureRequests } from './measure.ts';
import { contractMethods, methodsOf, refuseOtherMethods } from './other-methods.ts';
import { problemFor, problemHeaders, statusOf } from './problem.ts';
import { limitRequests } from './rate-limit.ts';
import { bindContext, ctxOf, refuseForeignOrigin, refuseStrangeHost, refuseWrongToken } from './request-context.ts';
import { webPages } from './web-pages.ts';

/** Mounted beside the JSON routes: DICOMweb, FHIR, documents. `answerError` where errors have another form there. */
export type Mounted = Array<{ path: string; router: Router; answerError?: ErrorRequestHandler }>;

export function createApp(deps: Deps, routes: AnyRouter, mounted: Mounted): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.HUB_TRUSTED_PROXIES);
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          // WebAssembly decodes the images; style attributes come from the component library.
          scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          workerSrc: ["'self'", 'blob:'],
          // Sockets of one's own host are one's own.
          connectSrc: ["'self'"],
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: deps.config.HUB_PUBLIC_URL?.startsWith('https:') ? undefined : false,
    }),
  );
  app.use(measureRequests);
  // Pages and lists are a third as long on a township's line; pixels have codings of their own and stay as they are.
  app.use(compression());
  app.use(healthRoutes(deps));
  const edge = [bindContext(deps), limitRequests(), refuseStrangeHost, refuseWrongToken, refuseForeignOrigin(deps)];
  const json = apiRouter(routes);
  const atApi = mounted.filter(({ path }) => path === '/api').map(({ router }) => router);
  app.use('/api', ...edge, refuseOtherMethods([...contractMethods(), ...[json, ...atApi].flatMap(methodsOf)]));
  for (const { path, router, answerError } of mounted) {
    app.use(path, ...(path === '/api' ? [] : [...edge, refuseOtherMethods(methodsOf(router))]), router);
    if (answerError) app.use(path, answerError);
  }
  app.use('/api', json);
  app.use(webPages(deps.config.HUB_WEB_DIR));
  app.use(() => {
    throw new HubError('not-found');
  });
  app.use(answerError(deps));
  return app;
}

function answerError(deps: Deps): ErrorRequestHandler {
  // Express tells an error handler by its four arguments.
  return (cause, _req, res, _next) => {
    const ctx = res.locals.ctx ? ctxOf(res) : undefined;
    const status = statusOf(cause);
    if (status >= 500) (ctx?.log ?? deps.log).error({ err: cause }, 'request failed');
    if (res.headersSent) {
      // The answer has begun: cutting it short is the only way left to say that it failed.
      res.destroy();
      return;
    }
    const requestId = ctx?.requestId ?? randomUUID();
    res
      .status(status)
      .set({ ...problemHeaders(cause), 'X-Request-Id': requestId })
      .type('application/problem+json');
    res.send(JSON.stringify(problemFor(cause, requestId, ctx?.language ?? 'zh')));
  };
}
