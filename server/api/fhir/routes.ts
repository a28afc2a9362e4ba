import { HubError } from '@lianzhen/contracts/errors.ts';
import { type ErrorRequestHandler, Router } from 'express';
import type { Deps } from '../deps.ts';
import { answer, answerOutcome, baseOf, send } from './answers.ts';
import { capabilityStatement } from './capability.ts';
import { readReport, searchReports } from './report-routes.ts';
import { requestRouter } from './request-routes.ts';
import { takesJson } from './takes-json.ts';

/** FHIR R4 for the hospital systems of the linked facilities: they send their orders and read their results. */
export function fhirRouter(deps: Deps): Router {
  const router = Router();
  router.use(takesJson);
  router.get('/metadata', (req, res) => {
    send(res, 200, capabilityStatement(baseOf(deps, req), deps.clock.now().toISOString().slice(0, 10)));
  });
  router.get('/DiagnosticReport', answer(deps, searchReports));
  router.get('/DiagnosticReport/:id', answer(deps, readReport));
  router.use(requestRouter(deps));
  router.use((_req, res) => answerOutcome(new HubError('not-found'), res));
  return router;
}

/** What is refused before it comes here, for a wrong token or for a flood, is refused in FHIR's own words as well. */
export const fhirErrors: ErrorRequestHandler = (cause, _req, res, _next) => answerOutcome(cause, res);
