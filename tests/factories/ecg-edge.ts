import type { Db } from '@lianzhen/db/client.ts';
import type { Actor } from '../../server/api/context.ts';
import type { Deps } from '../../server/api/deps.ts';
import { traceRouter } from '../../server/api/ecg/trace-router.ts';
import { dicomWebRouter } from '../../server/api/imaging/dicomweb-router.ts';
import { ecgHandlers } from '../../workers/ecg/handlers.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { withEdge } from './edge-server.ts';
import { multipartOf } from './modality.ts';

/** What an upload is answered with: an id and warnings, or a problem. */
export interface UploadAnswer {
  status: number;
  body: {
    id: string;
    warnings: Array<{ code: string; where: string }>;
    code?: string;
    details?: Record<string, unknown>;
  };
}

/** The doors of electrocardiograms and images, and their workers, in this process, on a real database and blobs. */
export function withEcgEdge(database: { readonly db: Db }) {
  const edge = withEdge(database, {
    doors: (deps) => [
      ['/dicomweb', dicomWebRouter(deps)],
      ['/api', traceRouter(deps)],
    ],
    handlers: [...imagingHandlers, ...ecgHandlers],
  });
  const { clock, deps, work, fetchAs, settle } = edge;
  return {
    clock,
    deps,
    apiDeps: () => ({ ...deps(), redis: undefined as never }) satisfies Deps,
    work,
    fetchAs,
    get blobs() {
      return edge.blobs();
    },
    async upload(actor: Actor, bytes: Buffer, query = '', headers: Record<string, string> = {}): Promise<UploadAnswer> {
      const body = new Uint8Array(bytes);
      const response = await fetchAs(actor, `/api/ecg/traces${query}`, { method: 'POST', body, headers });
      return { status: response.status, body: (await response.json()) as UploadAnswer['body'] };
    },
    /** One upload of DICOM instances, as an image archive sends them. @returns its status */
    async stow(actor: Actor, files: readonly Buffer[]): Promise<number> {
      const { body, contentType } = multipartOf(files);
      const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
      const response = await fetchAs(actor, '/dicomweb/studies', { method: 'POST', headers, body });
      await response.arrayBuffer();
      return response.status;
    },
    settle,
  };
}
export type EcgEdge = ReturnType<typeof withEcgEdge>;
