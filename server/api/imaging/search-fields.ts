import { tags } from '@lianzhen/dicom/tags.ts';

export const levels = ['study', 'series', 'instance'] as const;
export type Level = (typeof levels)[number];

/**
 * How a key is matched (PS3.4 C.2.2.2): text with wildcards, a person's name in any of its groups, a date or time with
 * ranges, a list of UIDs, a number, or a list that must hold the value.
 */
type Matching = 'text' | 'name' | 'date' | 'time' | 'uid' | 'number' | 'list';

export interface SearchField {
  tag: string;
  vr: string;
  level: Level;
  /** Column of the level's table. */
  column: string;
  /** Absent for what is returned and not matched. */
  matching?: Matching;
}

const field = (tag: string, vr: string, level: Level, column: string, matching?: Matching): SearchField => ({
  tag,
  vr,
  level,
  column,
  ...(matching ? { matching } : {}),
});

/** What can be searched and is returned: the columns that indexing fills (PS3.18 Tables 10.6.1-5 and 10.6.3-3 to -5). */
const searchFields: readonly SearchField[] = [
  field(tags.StudyDate, 'DA', 'study', 'studyDate', 'date'),
  field(tags.StudyTime, 'TM', 'study', 'studyTime', 'time'),
  field(tags.AccessionNumber, 'SH', 'study', 'accessionNumber', 'text'),
  field(tags.ModalitiesInStudy, 'CS', 'study', 'modalities', 'list'),
  field(tags.ReferringPhysicianName, 'PN', 'study', 'referringPhysician', 'text'),
  field(tags.StudyDescription, 'LO', 'study', 'description', 'text'),
  field(tags.PatientName, 'PN', 'study', 'headerName', 'name'),
  field(tags.PatientID, 'LO', 'study', 'headerPatientId', 'text'),
  field(tags.IssuerOfPatientID, 'LO', 'study', 'headerIssuer', 'text'),
  field(tags.PatientBirthDate, 'DA', 'study', 'headerBirthDate', 'date'),
  field(tags.PatientSex, 'CS', 'study', 'headerSex', 'text'),
  field(tags.StudyInstanceUID, 'UI', 'study', 'studyInstanceUid', 'uid'),
  field(tags.StudyID, 'SH', 'study', 'studyIdNumber', 'text'),
  field(tags.NumberOfStudyRelatedSeries, 'IS', 'study', 'seriesCount'),
  field(tags.NumberOfStudyRelatedInstances, 'IS', 'study', 'instanceCount'),
  field(tags.Modality, 'CS', 'series', 'modality', 'text'),
  field(tags.SeriesDescription, 'LO', 'series', 'description', 'text'),
  field(tags.BodyPartExamined, 'CS', 'series', 'bodyPart', 'text'),
  field(tags.Laterality, 'CS', 'series', 'laterality', 'text'),
  field(tags.SeriesInstanceUID, 'UI', 'series', 'seriesInstanceUid', 'uid'),
  field(tags.SeriesNumber, 'IS', 'series', 'number', 'number'),
  field(tags.NumberOfSeriesRelatedInstances, 'IS', 'series', 'instanceCount'),
  field(tags.SOPClassUID, 'UI', 'instance', 'sopClassUid', 'uid'),
  field(tags.SOPInstanceUID, 'UI', 'instance', 'sopInstanceUid', 'uid'),
  field(tags.InstanceNumber, 'IS', 'instance', 'number', 'number'),
  field(tags.Rows, 'US', 'instance', 'rows', 'number'),
  field(tags.Columns, 'US', 'instance', 'columns', 'number'),
  field(tags.NumberOfFrames, 'IS', 'instance', 'frameCount', 'number'),
];

const byTag = new Map(searchFields.map((one) => [one.tag, one]));
/** A search for studies by a series' modality means studies that hold it. */
const modalityOfStudies = field(tags.Modality, 'CS', 'study', 'modalities', 'list');

/** The field of a tag as a search at this level may use it; undefined where it cannot. */
export function searchFieldOf(tag: string, level: Level): SearchField | undefined {
  const found = byTag.get(tag);
  if (found && levels.indexOf(found.level) <= levels.indexOf(level)) return found;
  return tag === tags.Modality && level === 'study' ? modalityOfStudies : undefined;
}

/** What a search at a level returns: its own fields and those of the levels above it. */
export const returnedFields = (level: Level): SearchField[] =>
  searchFields.filter((one) => levels.indexOf(one.level) <= levels.indexOf(level));
