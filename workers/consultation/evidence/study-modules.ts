import { createHash } from 'node:crypto';
import type { SessionFrame } from '@lianzhen/contracts/session-marks.ts';
import { type EvidenceModality, evidenceSeriesUid } from '@lianzhen/dicom/evidence-uid.ts';
import { type DicomAttribute, type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { attribute, dayAndTime, items } from '../../sr/dicom-values.ts';
import type { ReferencedImage, StudyEvidence } from './session-evidence.ts';

/** Type 2 attributes of the patient and study modules (PS3.3 C.7.1.1, C.7.2.1), there even when they are empty. */
const always: ReadonlyArray<readonly [tag: string, vr: string]> = [
  [tags.PatientName, 'PN'],
  [tags.PatientID, 'LO'],
  [tags.PatientBirthDate, 'DA'],
  [tags.PatientSex, 'CS'],
  [tags.StudyDate, 'DA'],
  [tags.StudyTime, 'TM'],
  [tags.AccessionNumber, 'SH'],
  [tags.ReferringPhysicianName, 'PN'],
  [tags.StudyID, 'SH'],
];
const whereKnown = [
  tags.IssuerOfPatientID,
  tags.PatientBirthTime,
  tags.PatientAge,
  tags.StudyDescription,
  tags.IssuerOfAccessionNumberSequence,
];

/** As the image says it, but for what its sender wrote too long for others to take. */
function copied(found: DicomAttribute | undefined, vr: string): DicomAttribute {
  const limit = vr === 'SH' ? 16 : 64;
  const value = found?.Value?.[0];
  if (!found || found.vr !== vr || value === undefined) return attribute(vr);
  if (typeof value === 'string') return attribute(vr, [...value].slice(0, limit).join(''));
  return { vr, Value: [value] };
}

/**
 * Patient and study exactly as the images have them: an object with another patient's attributes, or none, would become
 * a study of its own in the next archive, where nobody finds it.
 */
function patientAndStudy(image: ReferencedImage, studyUid: string): DicomJson {
  const json: DicomJson = { [tags.StudyInstanceUID]: attribute('UI', studyUid) };
  for (const [tag, vr] of always) json[tag] = copied(image.attributes[tag], vr);
  for (const tag of whereKnown) {
    const found = image.attributes[tag];
    if (found?.Value?.length) json[tag] = found.vr === 'SQ' ? found : copied(found, found.vr);
  }
  return json;
}

export interface MadeObject {
  readonly sopClassUid: string;
  readonly modality: EvidenceModality;
  readonly seriesNumber: number;
  readonly seriesDescription: string;
  /** Tells objects of one kind in one study apart, such as the series they are about. */
  readonly about: string;
}

/** Equal for equal evidence, so that a job that runs again makes the same objects. */
export function evidenceVersion({ marks, frames, tiles, seq }: StudyEvidence): string {
  return createHash('sha256').update(JSON.stringify({ seq, marks, frames, tiles })).digest('hex').slice(0, 32);
}

/** Everything an object of this consultation has in common with the others: whose, which study, which series, by whom. */
export function commonModules(evidence: StudyEvidence, image: ReferencedImage, made: MadeObject): DicomJson {
  const { consultationId, studyUid, at, seq } = evidence;
  const { day, time } = dayAndTime(at);
  const name = `consultation ${consultationId} ${made.modality} ${made.about} in ${studyUid}`;
  return {
    ...patientAndStudy(image, studyUid),
    [tags.SpecificCharacterSet]: attribute('CS', 'ISO_IR 192'),
    [tags.InstanceCreationDate]: attribute('DA', day),
    [tags.InstanceCreationTime]: attribute('TM', time),
    [tags.SOPClassUID]: attribute('UI', made.sopClassUid),
    [tags.SOPInstanceUID]: attribute('UI', uidFrom(`${name} version ${evidenceVersion(evidence)}`)),
    [tags.SeriesDate]: attribute('DA', day),
    [tags.SeriesTime]: attribute('TM', time),
    [tags.Modality]: attribute('CS', made.modality),
    [tags.Manufacturer]: attribute('LO', 'Lianzhen'),
    [tags.SeriesDescription]: attribute('LO', made.seriesDescription),
    [tags.SeriesInstanceUID]: attribute('UI', evidenceSeriesUid(consultationId, studyUid, made.modality)),
    [tags.SeriesNumber]: attribute('IS', made.seriesNumber),
    [tags.InstanceNumber]: attribute('IS', seq),
  };
}

/** A reference to an image or, in one of several frames, to that frame (PS3.3 10.3). */
export function imageReference(image: ReferencedImage, frames: readonly number[] = []): DicomJson {
  const isOfMany = image.frameCount > 1 && frames.length > 0;
  return {
    [tags.ReferencedSOPClassUID]: attribute('UI', image.sopClassUid),
    [tags.ReferencedSOPInstanceUID]: attribute('UI', image.sopInstanceUid),
    ...(isOfMany ? { '00081160': attribute('IS', ...frames) } : {}),
  };
}

/** An electrocardiogram, where times stand in the place of pixels. */
export const isWaveform = ({ sopClassUid }: Pick<ReferencedImage, 'sopClassUid'>): boolean =>
  storageSopClasses.get(sopClassUid)?.kind === 'waveform';

/** All images referred to, by study and series (PS3.3 C.17.2, Current Requested Procedure Evidence Sequence). */
export function evidenceSequence(studyUid: string, images: readonly ReferencedImage[]): DicomAttribute {
  const bySeries = Map.groupBy(images, ({ seriesUid }) => seriesUid);
  const series = [...bySeries].map(([seriesUid, members]) => ({
    [tags.SeriesInstanceUID]: attribute('UI', seriesUid),
    [tags.ReferencedSOPSequence]: items(...members.map((image) => imageReference(image))),
  }));
  return items({
    [tags.StudyInstanceUID]: attribute('UI', studyUid),
    [tags.ReferencedSeriesSequence]: items(...series),
  });
}

/** The images of these frames, each once, in the order of the frames. */
export function imagesOf(
  evidence: StudyEvidence,
  frames: readonly Pick<SessionFrame, 'sopInstanceUid'>[],
): ReferencedImage[] {
  const uids = new Set(frames.map(({ sopInstanceUid }) => sopInstanceUid));
  return [...uids].flatMap((uid) => evidence.images.get(uid) ?? []);
}

export const isMonochrome = ({ attributes }: ReferencedImage): boolean =>
  (text(attributes, tags.PhotometricInterpretation) ?? '').startsWith('MONOCHROME');
