import type { Db } from '@lianzhen/db/client.ts';
import type { Actor } from '../../server/api/context.ts';
import { dicomWebRouter } from '../../server/api/imaging/dicomweb-router.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { withEdge } from './edge-server.ts';
import { multipartOf } from './modality.ts';

/** The DICOMweb door and the imaging workers in this process, on a real database and a real folder of blobs. */
export function withImagingEdge(database: { readonly db: Db }) {
  const edge = withEdge(database, {
    doors: (deps) => [['/dicomweb', dicomWebRouter(deps)]],
    handlers: imagingHandlers,
  });
  const { clock, deps, work, settle } = edge;
  const fetchAs = (actor: Actor, path: string, init?: RequestInit) => edge.fetchAs(actor, `/dicomweb${path}`, init);
  return {
    clock,
    deps,
    work,
    fetchAs,
    get blobs() {
      return edge.blobs();
    },
    /** One upload; answers status and the DICOM JSON. */
    async stow(actor: Actor, files: readonly Buffer[], path = '/studies') {
      const { body, contentType } = multipartOf(files);
      const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
      const response = await fetchAs(actor, path, { method: 'POST', headers, body });
      return { status: response.status, warning: response.headers.get('warning'), json: await jsonOf(response) };
    },
    settle,
  };
}
export type ImagingEdge = ReturnType<typeof withImagingEdge>;

async function jsonOf(
  response: Response,
): Promise<Record<string, { Value?: Record<string, { Value?: unknown[] }>[] }>> {
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}
