import type { PersonName } from '@lianzhen/contracts/imaging.ts';
import { type DicomJson, personName, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';

/** The columns of a study that its images tell, decoded and otherwise as they are: dates stay DA, times TM. */
export interface StudyHeader {
  headerPatientId: string | null;
  headerIssuer: string | null;
  headerName: PersonName | null;
  headerSex: string | null;
  headerBirthDate: string | null;
  accessionNumber: string | null;
  description: string | null;
  studyDate: string | null;
  studyTime: string | null;
  referringPhysician: string | null;
  studyIdNumber: string | null;
  bodyPart: string | null;
}

export interface SeriesHeader {
  seriesInstanceUid: string;
  number: number | null;
  modality: string;
  description: string | null;
  bodyPart: string | null;
  laterality: string | null;
}

const mostCharacters = 200;

/** No device's text may break a row: control characters and halves of characters go, length is bounded. */
function cleanText(value: string | undefined): string | null {
  const clean = (value ?? '')
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim();
  if (clean.length <= mostCharacters) return clean === '' ? null : clean;
  return [...clean].slice(0, mostCharacters).join('');
}

function cleanName(json: DicomJson, tag: string): PersonName | null {
  const name = personName(json, tag) ?? {};
  const groups = Object.entries(name).flatMap(([group, value]) => {
    const clean = cleanText(value);
    return clean === null ? [] : [[group, clean] as const];
  });
  return groups.length === 0 ? null : Object.fromEntries(groups);
}

export function studyHeader(json: DicomJson): StudyHeader {
  const clean = (tag: string) => cleanText(text(json, tag));
  return {
    headerPatientId: clean(tags.PatientID),
    headerIssuer: clean(tags.IssuerOfPatientID),
    headerName: cleanName(json, tags.PatientName),
    headerSex: clean(tags.PatientSex),
    headerBirthDate: clean(tags.PatientBirthDate),
    accessionNumber: clean(tags.AccessionNumber),
    description: clean(tags.StudyDescription),
    studyDate: clean(tags.StudyDate),
    studyTime: clean(tags.StudyTime),
    referringPhysician: cleanText(Object.values(cleanName(json, tags.ReferringPhysicianName) ?? {})[0]),
    studyIdNumber: clean(tags.StudyID),
    bodyPart: clean(tags.BodyPartExamined),
  };
}

export function seriesHeader(json: DicomJson, seriesInstanceUid: string): SeriesHeader {
  const clean = (tag: string) => cleanText(text(json, tag));
  return {
    seriesInstanceUid,
    number: wholeNumber(json, tags.SeriesNumber),
    modality: clean(tags.Modality) ?? 'OT',
    description: clean(tags.SeriesDescription),
    bodyPart: clean(tags.BodyPartExamined),
    laterality: clean(tags.Laterality),
  };
}

/** What a column of whole numbers can hold; anything else a device wrote there is left to the attributes. */
export function wholeNumber(json: DicomJson, tag: string): number | null {
  const value = Number(text(json, tag) ?? Number.NaN);
  return Number.isInteger(value) && Math.abs(value) <= 2_147_483_647 ? value : null;
}
