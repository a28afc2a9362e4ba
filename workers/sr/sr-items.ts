import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { attribute, type Code, codeItem, items, personName } from './dicom-values.ts';

export type Relationship =
  | 'CONTAINS'
  | 'HAS OBS CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM';

/** A content item below another one (PS3.3 C.17.3). */
export const content = (relationship: Relationship, valueType: string, json: DicomJson): DicomJson => ({
  '0040A010': attribute('CS', relationship),
  '0040A040': attribute('CS', valueType),
  ...json,
});

const named = (concept: Code): DicomJson => ({ '0040A043': items(codeItem(concept)) });

/** @param template of PS3.16, where the container is built by one. */
export function container(concept: Code, children: readonly DicomJson[], template?: string): DicomJson {
  return {
    '0040A040': attribute('CS', 'CONTAINER'),
    ...named(concept),
    '0040A050': attribute('CS', 'SEPARATE'),
    ...(template
      ? { '0040A504': items({ '00080105': attribute('CS', 'DCMR'), '0040DB00': attribute('CS', template) }) }
      : {}),
    '0040A730': items(...children),
  };
}

export const containerItem = (concept: Code, children: readonly DicomJson[], template?: string): DicomJson => ({
  '0040A010': attribute('CS', 'CONTAINS'),
  ...container(concept, children, template),
});

export const textItem = (relationship: Relationship, concept: Code, value: string): DicomJson =>
  content(relationship, 'TEXT', { ...named(concept), '0040A160': attribute('UT', value) });

export const codeValueItem = (relationship: Relationship, concept: Code, value: Code): DicomJson =>
  content(relationship, 'CODE', { ...named(concept), '0040A168': items(codeItem(value)) });

export const uidItem = (relationship: Relationship, concept: Code, uid: string): DicomJson =>
  content(relationship, 'UIDREF', { ...named(concept), '0040A124': attribute('UI', uid) });

export const nameItem = (relationship: Relationship, concept: Code, name: string): DicomJson =>
  content(relationship, 'PNAME', { ...named(concept), '0040A123': personName(name) });

/** @param at DT of PS3.5: as many of its parts as are known */
export const dateTimeItem = (relationship: Relationship, concept: Code, at: string): DicomJson =>
  content(relationship, 'DATETIME', { ...named(concept), '0040A120': attribute('DT', at) });

/** Another object by its reference: a waveform, an image, or any other as a composite. */
export const objectItem = (
  valueType: 'WAVEFORM' | 'IMAGE' | 'COMPOSITE',
  concept: Code,
  reference: DicomJson,
): DicomJson => content('CONTAINS', valueType, { ...named(concept), [tags.ReferencedSOPSequence]: items(reference) });

const valueUnknown: Code = { value: '114010', scheme: 'DCM', meaning: 'Value unknown' };

/** A number with its unit, and what it was taken from; null where the template wants one that nobody knows (PS3.3 C.18.1). */
export function numberItem(
  concept: Code,
  { value, unit }: { readonly value: number | null; readonly unit: Code },
  children: readonly DicomJson[] = [],
): DicomJson {
  const measured = value === null ? [] : [{ '0040A30A': attribute('DS', value), '004008EA': items(codeItem(unit)) }];
  return content('CONTAINS', 'NUM', {
    ...named(concept),
    '0040A300': items(...measured),
    ...(value === null ? { '0040A301': items(codeItem(valueUnknown)) } : {}),
    ...(children.length > 0 ? { '0040A730': items(...children) } : {}),
  });
}

/** A shape on a frame: points as column and row from the corner of the first pixel (PS3.3 C.18.6.1.2). */
export function shapeItem(
  type: 'POINT' | 'POLYLINE' | 'ELLIPSE',
  data: readonly number[],
  reference: DicomJson,
): DicomJson {
  return content('INFERRED FROM', 'SCOORD', {
    '00700022': attribute('FL', ...data),
    '00700023': attribute('CS', type),
    '0040A730': items(content('SELECTED FROM', 'IMAGE', { [tags.ReferencedSOPSequence]: items(reference) })),
  });
}

/** A stretch of time of a waveform, in seconds from its beginning; a moment where both are the same (PS3.3 C.18.7). */
export function timeItem(fromMs: number, toMs: number, reference: DicomJson): DicomJson {
  const from = Math.min(fromMs, toMs) / 1000;
  const to = Math.max(fromMs, toMs) / 1000;
  const seconds = (value: number) => Number(value.toFixed(6));
  const offsets = from === to ? [seconds(from)] : [seconds(from), seconds(to)];
  return content('INFERRED FROM', 'TCOORD', {
    '0040A130': attribute('CS', offsets.length === 1 ? 'POINT' : 'SEGMENT'),
    '0040A138': attribute('DS', ...offsets),
    '0040A730': items(content('SELECTED FROM', 'WAVEFORM', { [tags.ReferencedSOPSequence]: items(reference) })),
  });
}
