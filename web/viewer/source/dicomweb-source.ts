import { maxFrameBytes } from '../decode/limits.ts';
import { isAbort, toProblem, ViewerProblem } from '../problem.ts';
import { readStudy } from './dicom-json.ts';
import { firstPart, mediaType } from './multipart.ts';
import { readBody } from './read-body.ts';
import type { FrameRef } from './study-model.ts';
import type { FrameAnswer, StudySource } from './study-source.ts';

export interface DicomwebOptions {
  /** Where the DICOMweb services are; a path on this host or an absolute address. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

const maxMetadataBytes = 256 * 1024 * 1024;
const anySyntax = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';

/** A study of a DICOMweb server (PS3.18 chapter 10): metadata as JSON, frames one by one as they are stored. */
export function dicomwebSource(studyUid: string, options: DicomwebOptions = {}): StudySource {
  const baseUrl = (options.baseUrl ?? '/dicomweb').replace(/\/+$/, '');
  const study = `${baseUrl}/studies/${encodeURIComponent(studyUid)}`;
  const get = (url: string, accept: string, limit: number, signal: AbortSignal) =>
    request(options.fetch ?? fetch, url, accept, limit, signal);
  return {
    load: async (signal) => {
      const { body } = await get(`${study}/metadata`, 'application/dicom+json', maxMetadataBytes, signal);
      return readStudy(parseJson(body), studyUid);
    },
    frame: async (ref, signal) => {
      const { body, contentType } = await get(frameUrl(study, ref), anySyntax, maxFrameBytes, signal);
      return frameAnswer(body, contentType);
    },
    bulk: async (uri, signal) => {
      const { body, contentType } = await get(bulkUrl(uri, study), anySyntax, maxFrameBytes, signal);
      return firstPart(body, contentType).bytes;
    },
  };
}

function frameUrl(study: string, { seriesUid, sopInstanceUid, frame }: FrameRef): string {
  return `${study}/series/${encodeURIComponent(seriesUid)}/instances/${encodeURIComponent(sopInstanceUid)}/frames/${frame}`;
}

function frameAnswer(body: ArrayBuffer, contentType: string): FrameAnswer {
  const part = firstPart(body, contentType);
  const { type, parameters } = mediaType(part.contentType);
  const said = parameters['transfer-syntax'] ?? '';
  // A bare octet stream is explicit little endian (PS3.18 section 8.7.3.5.2); for a picture type the stream itself
  // tells more than the type, which many servers get wrong.
  const implied = type === 'application/octet-stream' ? '1.2.840.10008.1.2.1' : '';
  return { bytes: part.bytes, contentType: type, transferSyntaxUid: said === '' || said === '*' ? implied : said };
}

/**
 * A bulk address comes out of a file's metadata, so it may not send the page's credentials anywhere else: what it says
 * below the study is asked of the study's own server, whatever host it names (a proxy may know the hub by another name).
 */
export function bulkUrl(uri: string, study: string): string {
  const here = new URL(study, globalThis.location?.href ?? 'http://localhost');
  const there = new URL(uri, `${here.href}/metadata`);
  const inStudy = `${here.pathname.slice(here.pathname.lastIndexOf('/studies/'))}/`;
  const at = there.pathname.indexOf(inStudy);
  if (at < 0) throw new ViewerProblem('foreign-address', { address: there.href.slice(0, 200) });
  return `${here.href}/${there.pathname.slice(at + inStudy.length)}${there.search}`;
}

async function request(
  call: typeof fetch,
  url: string,
  accept: string,
  limit: number,
  signal: AbortSignal,
): Promise<{ body: ArrayBuffer; contentType: string }> {
  try {
    const response = await call(url, { headers: { Accept: accept }, signal, credentials: 'same-origin' });
    if (!response.ok) throw await refusal(response);
    const body = await readBody(response, limit);
    return { body, contentType: response.headers.get('Content-Type') ?? '' };
  } catch (cause) {
    if (isAbort(cause) || signal.aborted) throw cause;
    throw toProblem(cause, 'network');
  }
}

/** The status, and the title of a problem+json answer where the server gave one. */
async function refusal(response: Response): Promise<ViewerProblem> {
  const type = response.headers.get('Content-Type') ?? '';
  const answer: unknown = type.includes('json') ? await response.json().catch(() => null) : null;
  const hasTitle = typeof answer === 'object' && answer !== null && 'title' in answer;
  const reason = hasTitle ? String(answer.title).slice(0, 200) : response.statusText;
  return new ViewerProblem('http', { status: response.status, reason });
}

function parseJson(body: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new ViewerProblem('not-dicom-json', {}, cause);
  }
}
