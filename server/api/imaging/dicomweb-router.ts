import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { AccessNotes } from './access-notes.ts';
import { openIntake } from './intake.ts';
import { qidoRoutes } from './qido-routes.ts';
import { stowRoutes } from './stow-routes.ts';
import { wadoRoutes } from './wado-routes.ts';

/** DICOMweb (PS3.18): STOW-RS, QIDO-RS, WADO-RS. */
export function dicomWebRouter(deps: Deps): Router {
  const notes = new AccessNotes(deps.db);
  const router = Router();
  router.use(stowRoutes(deps, openIntake(deps)), qidoRoutes(deps, notes), wadoRoutes(deps, notes));
  return router;
}
