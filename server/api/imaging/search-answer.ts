import type { DicomAttribute, DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { type Level, returnedFields } from './search-fields.ts';
import type { Match } from './search-store.ts';

/** A match as a dataset in the DICOM JSON model, in UTF-8; an attribute without a value is there and empty. */
export function matchToJson(match: Match, level: Level): DicomJson {
  const json: DicomJson = {
    [tags.SpecificCharacterSet]: { vr: 'CS', Value: ['ISO_IR 192'] },
    [tags.InstanceAvailability]: { vr: 'CS', Value: ['ONLINE'] },
  };
  for (const { tag, vr } of returnedFields(level)) json[tag] = attributeOf(vr, match.values.get(tag));
  return json;
}

function attributeOf(vr: string, value: unknown): DicomAttribute {
  const values = [value].flat().filter((one) => one !== null && one !== undefined && one !== '');
  if (values.length === 0) return { vr };
  if (vr === 'PN') return { vr, Value: values.map((one) => (typeof one === 'string' ? { Alphabetic: one } : one)) };
  return { vr, Value: values };
}

/** Where a match can be had by WADO-RS. */
export function retrieveUrlOf(base: string, { studyInstanceUid, seriesInstanceUid, sopInstanceUid }: Match): DicomJson {
  const series = seriesInstanceUid ? `/series/${seriesInstanceUid}` : '';
  const instance = sopInstanceUid ? `/instances/${sopInstanceUid}` : '';
  return { [tags.RetrieveURL]: { vr: 'UR', Value: [`${base}/studies/${studyInstanceUid}${series}${instance}`] } };
}
