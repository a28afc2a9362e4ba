import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { InstanceUids } from './arrival.ts';
import type { StoredPart } from './store-parts.ts';

interface StowAnswer {
  /** 200: all of them. 202: some. 409: none. */
  status: 200 | 202 | 409;
  body: DicomJson;
  /** For the Warning header: the reason of each that failed. */
  warnings: string[];
}

/**
 * The Store Instances Response Module (PS3.18 Table I.1-1).
 * @param base of the DICOMweb service, as `https://hub/dicomweb`
 */
export function stowAnswer(parts: readonly StoredPart[], base: string): StowAnswer {
  const stored = parts.filter(({ failure }) => !failure);
  const failed = parts.filter(({ failure }) => failure);
  const body: DicomJson = {};
  const studies = new Set(stored.map(({ uids }) => uids?.studyInstanceUid));
  const [study] = studies;
  if (studies.size === 1 && study) body[tags.RetrieveURL] = uri(`${base}/studies/${study}`);
  if (stored.length > 0) {
    body[tags.ReferencedSOPSequence] = {
      vr: 'SQ',
      Value: stored.map(({ uids }) => ({ ...reference(uids), ...retrieveUrl(base, uids) })),
    };
  }
  if (failed.length > 0) {
    body[tags.FailedSOPSequence] = {
      vr: 'SQ',
      Value: failed.map(({ uids, failure }) => ({
        ...reference(uids),
        [tags.FailureReason]: { vr: 'US', Value: [failure?.code] },
      })),
    };
  }
  const status = failed.length === 0 ? 200 : stored.length > 0 ? 202 : 409;
  const warnings = failed.map(({ failure }) => failure?.comment ?? '');
  return { status, body, warnings };
}

/** A part that could not be read far enough has no UIDs to name. */
function reference(uids: InstanceUids | undefined): DicomJson {
  if (!uids) return {};
  return {
    [tags.ReferencedSOPClassUID]: { vr: 'UI', Value: [uids.sopClassUid] },
    [tags.ReferencedSOPInstanceUID]: { vr: 'UI', Value: [uids.sopInstanceUid] },
  };
}

function retrieveUrl(base: string, uids: InstanceUids | undefined): DicomJson {
  if (!uids) return {};
  const series = uids.seriesInstanceUid;
  return {
    [tags.RetrieveURL]: uri(
      `${base}/studies/${uids.studyInstanceUid}/series/${series}/instances/${uids.sopInstanceUid}`,
    ),
  };
}

const uri = (value: string) => ({ vr: 'UR', Value: [value] });
