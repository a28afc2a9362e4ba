import { applicationDicom, applicationOctetStream, frameMediaType } from '@lianzhen/dicom/mime.ts';
import { explicitLittleEndian, implicitLittleEndian, transferSyntaxes } from '@lianzhen/dicom/sop-classes.ts';
import { type Acceptable, covers, notAcceptable } from './accept.ts';
import type { RetrievedInstance } from './retrieve-store.ts';

/** How an answer is given: its media type, in parts or as the whole body, and in which of the stored forms. */
export interface Form {
  mediaType: string;
  isMultipart: boolean;
}

/** The transfer syntax frames have when taken out of their file: native ones are little-endian octets in either VR. */
export function frameSyntaxOf({
  transferSyntaxUid,
  rendition,
}: Pick<RetrievedInstance, 'transferSyntaxUid' | 'rendition'>): string {
  const isNative = rendition !== null || transferSyntaxes.get(transferSyntaxUid)?.codec === 'none';
  return isNative ? explicitLittleEndian : transferSyntaxUid;
}

/**
 * The form of frames (PS3.18 8.7.3.3): nothing is transcoded, so a client gets what is stored or 406.
 * @param frames how many are asked for: only one alone can be a whole body
 * @throws HubError `not-acceptable` naming what is there
 */
export function chooseFrameForm(accept: readonly Acceptable[], transferSyntaxUid: string, frames: number): Form {
  const natural = frameMediaType(transferSyntaxUid);
  const isNative = transferSyntaxUid === explicitLittleEndian;
  for (const { name, isMultipart, transferSyntax } of accept) {
    if (!isMultipart && frames !== 1) continue;
    const isSyntax = transferSyntax === '*' || transferSyntax === transferSyntaxUid;
    // Without a syntax a named type means any of its own; octets mean plain little endian.
    if (covers(name, natural) && (transferSyntax === undefined || isSyntax || isNativeIn(transferSyntax, isNative))) {
      return { mediaType: natural, isMultipart };
    }
    if (covers(name, applicationOctetStream) && isSyntax) return { mediaType: applicationOctetStream, isMultipart };
  }
  throw notAcceptable([`multipart/related; type="${natural}"; transfer-syntax=${transferSyntaxUid}`]);
}

const isNativeIn = (transferSyntax: string, isNative: boolean): boolean =>
  isNative && [explicitLittleEndian, implicitLittleEndian].includes(transferSyntax);

interface InstanceForm extends Form {
  /** For each instance: its original bytes, or its rendition. */
  isRendition: boolean[];
}

/**
 * The form of whole instances. Without a transfer syntax the original bytes are meant: what was stored is what is given.
 * @throws HubError `not-acceptable` where even one cannot be given as asked: a study that silently lacks images is worse
 */
export function chooseInstanceForm(
  accept: readonly Acceptable[],
  instances: readonly RetrievedInstance[],
): InstanceForm {
  for (const { name, isMultipart, transferSyntax } of accept) {
    if (!covers(name, applicationDicom) || (!isMultipart && instances.length !== 1)) continue;
    const forms = instances.map((instance) => {
      if (transferSyntax === undefined || ['*', instance.transferSyntaxUid].includes(transferSyntax)) return 'original';
      return transferSyntax === explicitLittleEndian && instance.rendition ? 'rendition' : 'none';
    });
    if (!forms.includes('none')) {
      return { mediaType: applicationDicom, isMultipart, isRendition: forms.map((form) => form === 'rendition') };
    }
  }
  const stored = [...new Set(instances.map(({ transferSyntaxUid }) => transferSyntaxUid))];
  throw notAcceptable(stored.map((uid) => `multipart/related; type="${applicationDicom}"; transfer-syntax=${uid}`));
}
