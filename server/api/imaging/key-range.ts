import { type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { DimseFailure } from '../dimse/failures.ts';
import { statusCode } from '../dimse/status.ts';
import { parseCondition } from './search-condition.ts';

/** As DICOM writes days and times; an end that is missing is open. */
export interface KeyRange {
  from?: string;
  to?: string;
}

/**
 * The days or times that a key asks for (PS3.4 C.2.2.2.5): one, or a range that may be open at either end.
 * @returns undefined where it asks for none
 * @throws DimseFailure `dataSetDoesNotMatch` for what is neither
 */
export function keyRange(keys: DicomJson, tag: string, vr: 'DA' | 'TM'): KeyRange | undefined {
  const field = { tag, vr, level: 'study', column: '', matching: vr === 'DA' ? 'date' : 'time' } as const;
  try {
    const condition = parseCondition(field, text(keys, tag) ?? '');
    return condition?.kind === 'range' ? condition : undefined;
  } catch (cause) {
    const kind = vr === 'DA' ? 'day' : 'time';
    throw new DimseFailure(statusCode.dataSetDoesNotMatch, `${tag} is not a ${kind} or range`, { cause });
  }
}

/** Whether a value, written whole, lies within; one that is not known lies in no range. */
export const isWithin = (value: string, range: KeyRange | undefined): boolean =>
  range === undefined || (value !== '' && value >= (range.from ?? '') && (range.to === undefined || value <= range.to));
