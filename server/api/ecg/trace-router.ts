import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { downloadRoutes } from './download-routes.ts';
import { uploadRoutes } from './intake/upload-routes.ts';

/** What is not JSON of traces: the upload, the original, samples as numbers. */
export function traceRouter(deps: Deps): Router {
  const router = Router();
  router.use(uploadRoutes(deps), downloadRoutes(deps));
  return router;
}
