import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { AnyRouter } from '@orpc/server';
import { auditUseCases } from './audit/routes.ts';
import { roomFileRouter } from './consultation/files/file-router.ts';
import { listRecordings } from './consultation/recording/list-recordings.ts';
import { recordingRouter } from './consultation/recording/media-router.ts';
import { consultationUseCases } from './consultation/routes.ts';
import { bytesRouter } from './consultation/site-check/bytes-router.ts';
import { siteCheckUseCases } from './consultation/site-check/routes.ts';
import { deliveryUseCases } from './delivery/routes.ts';
import type { Deps } from './deps.ts';
import { ecgUseCases } from './ecg/routes.ts';
import { traceRouter } from './ecg/trace-router.ts';
import { facilitiesUseCases } from './facilities/routes.ts';
import { fhirErrors, fhirRouter } from './fhir/routes.ts';
import type { Mounted } from './http/app.ts';
import { bind } from './http/bind.ts';
import { identityUseCases } from './identity/routes.ts';
import { dicomWebRouter } from './imaging/dicomweb-router.ts';
import { imagingUseCases } from './imaging/routes.ts';
import { ordersUseCases } from './orders/routes.ts';
import { patientsUseCases } from './patients/routes.ts';
import { documentRouter } from './reporting/document-routes.ts';
import { reportingUseCases } from './reporting/routes.ts';
import { worklistUseCases } from './worklist/routes.ts';

/** Every word's JSON routes. */
export function hubRoutes(deps: Deps): AnyRouter {
  return {
    identity: bind(hubContract.identity, identityUseCases, deps),
    facilities: bind(hubContract.facilities, facilitiesUseCases, deps),
    patients: bind(hubContract.patients, patientsUseCases, deps),
    orders: bind(hubContract.orders, ordersUseCases, deps),
    imaging: bind(hubContract.imaging, imagingUseCases, deps),
    ecg: bind(hubContract.ecg, ecgUseCases, deps),
    worklist: bind(hubContract.worklist, worklistUseCases, deps),
    reporting: bind(hubContract.reporting, reportingUseCases, deps),
    delivery: bind(hubContract.delivery, deliveryUseCases, deps),
    consultation: bind(hubContract.consultation, consultationUseCases, deps),
    audit: bind(hubContract.audit, auditUseCases, deps),
    recording: bind(hubContract.recording, { list: listRecordings }, deps),
    siteCheck: bind(hubContract.siteCheck, siteCheckUseCases, deps),
  } as AnyRouter;
}

/** What is not JSON: DICOMweb, FHIR and documents. */
export const mountedRouters = (deps: Deps): Mounted => [
  { path: '/dicomweb', router: dicomWebRouter(deps) },
  { path: '/fhir/R4', router: fhirRouter(deps), answerError: fhirErrors },
  { path: '/api', router: documentRouter(deps) },
  { path: '/api', router: bytesRouter() },
  { path: '/api', router: recordingRouter(deps) },
  { path: '/api', router: roomFileRouter(deps) },
  { path: '/api', router: traceRouter(deps) },
];
