import { decodeDataset, encodeDataset } from '@lianzhen/dicom/dataset.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { DimseFailure } from './failures.ts';
import type { DimseLimits } from './limits.ts';
import { statusCode } from './status.ts';

/** An identifier or action data set, as DICOM JSON. What cannot be read is the request's failure, not the association's. */
export function decodeIdentifier(bytes: Buffer, transferSyntax: string, limits: DimseLimits): DicomJson {
  try {
    return decodeDataset(bytes, transferSyntax, { maxElements: limits.identifierElements });
  } catch (cause) {
    throw new DimseFailure(statusCode.cannotUnderstand, 'data set cannot be read', { cause });
  }
}

/** The same on its way out, in the transfer syntax of its context. */
export const encodeIdentifier = (json: DicomJson, transferSyntax: string): Buffer =>
  encodeDataset(json, transferSyntax);
