import { HubError } from '@lianzhen/contracts/errors.ts';
import {
  applicationDicom,
  applicationDicomJson,
  applicationJson,
  type MediaType,
  parseMediaType,
} from '@lianzhen/dicom/mime.ts';
import { ChunkSource } from '@lianzhen/platform/chunk-source.ts';
import { type Request, type Response, Router } from 'express';
import { auditOf } from '../context.ts';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import { auditReception, newReception } from './audit-reception.ts';
import { requireUid } from './dicomweb-params.ts';
import type { IntakeDeps } from './intake-deps.ts';
import { type Part, readMultipart } from './multipart-reader.ts';
import { baseOf } from './service-base.ts';
import { type StoredPart, storeParts } from './store-parts.ts';
import { stowAnswer } from './stow-answer.ts';
import { stowSource } from './stow-source.ts';
import { warningHeader } from './warning-header.ts';

/** Uploads at once in this process; each holds a connection and a file, and a sender can come again. */
const mostUploads = 32;
/** Received but not yet read, of one upload. */
const bufferedBytes = 262_144;

/** STOW-RS (PS3.18 10.5): `POST /studies` and `POST /studies/{study}`. */
export function stowRoutes(deps: Deps, intake: IntakeDeps): Router {
  let uploads = 0;
  const store = async (req: Request, res: Response): Promise<void> => {
    const ctx = ctxOf(res);
    const facility = req.query.facility;
    const source = stowSource(ctx, typeof facility === 'string' ? facility : undefined);
    const study = req.params.study === undefined ? undefined : requireUid(req.params.study, 'study');
    if (!req.accepts([applicationDicomJson, applicationJson])) {
      throw new HubError('not-acceptable', { offered: [applicationDicomJson] });
    }
    const base = baseOf(deps.config, req);
    const parts = partsOf(req);
    if (uploads >= mostUploads) {
      res.setHeader('Retry-After', 5);
      throw new HubError('unavailable', { reason: 'too many uploads at once', limit: mostUploads });
    }
    uploads += 1;
    try {
      const results = await storeParts(intake, source, parts, study);
      if (results.length === 0) throw new HubError('malformed-request', { expected: 'at least one part' });
      await auditReception(
        deps.db,
        { ...auditOf(ctx, source.facilityId), action: 'imaging.instancesReceived' },
        receptionOf(results),
      );
      answer(res, results, base);
    } finally {
      uploads -= 1;
      // Whatever is still on its way is not read: the connection cannot be used again.
      if (!req.readableEnded && !res.headersSent) res.setHeader('Connection', 'close');
    }
  };
  const router = Router();
  router.post('/studies', store);
  router.post('/studies/:study', store);
  return router;
}

function answer(res: Response, results: StoredPart[], base: string): void {
  const { status, body, warnings } = stowAnswer(results, base);
  if (warnings.length > 0) {
    res.setHeader('Warning', warningHeader(warnings));
  }
  res.status(status).type(applicationDicomJson).send(JSON.stringify(body));
}

function receptionOf(results: readonly StoredPart[]) {
  const reception = newReception();
  for (const { uids, isNew, failure } of results) {
    if (failure) reception.refused += 1;
    else if (isNew) reception.stored += 1;
    else reception.duplicate += 1;
    if (uids) reception.studies.add(uids.studyInstanceUid);
  }
  return reception;
}

/** The parts of an upload; a body that is one bare instance counts as one part. */
function partsOf(req: Request): AsyncIterable<Part> {
  const type = parseMediaType(req.get('content-type') ?? '');
  if (type?.name === applicationDicom) return single(req);
  if (type?.name !== 'multipart/related' || (partType(type) ?? applicationDicom) !== applicationDicom) {
    throw new HubError('unsupported-media-type', { expected: 'multipart/related; type="application/dicom"' });
  }
  const { boundary } = type.parameters;
  // RFC 2046 5.1.1 allows 70; Orthanc sends 73, two UUIDs and a dash.
  if (!boundary || !/^[\w'()+,./:=? -]{0,199}[\w'()+,./:=?-]$/.test(boundary)) {
    throw new HubError('malformed-request', { field: 'boundary', expected: '1 to 200 characters of RFC 2046' });
  }
  return readMultipart(bodyOf(req), boundary);
}

/** Whoever stops reading the body still has to answer on its connection: nothing here closes it. */
const bodyOf = (req: Request): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () => new ChunkSource(req, bufferedBytes, () => req.complete),
});

const partType = (type: MediaType): string | undefined => parseMediaType(type.parameters.type ?? '')?.name;

async function* single(req: Request): AsyncGenerator<Part> {
  const ended = Promise.withResolvers<void>();
  yield { headers: new Map(), body: bodyOf(req), read: ended.promise, isWhole: () => true };
}
