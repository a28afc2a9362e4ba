import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { byStrength } from '../../reporting/forms/identifier-systems.ts';
import { attribute, bounded } from '../../sr/dicom-values.ts';

/** A study that a report is filed in. */
export interface ReportStudy {
  uid: string;
  day: string | null;
  accession: string;
}

/** The studies that a report covers, each once. An order without any has a study of its own, which holds the report alone. */
export function reportStudies(content: ReportContent): [ReportStudy, ...ReportStudy[]] {
  const targets = content.exams.flatMap((exam) =>
    exam.studies.map((study) => ({
      uid: study.studyInstanceUid,
      day: study.studyDate,
      accession: exam.accessionNumber,
    })),
  );
  const [first, ...others] = new Map(targets.map((target) => [target.uid, target])).values();
  const accession = content.exams[0]?.accessionNumber ?? '';
  return first ? [first, ...others] : [{ uid: uidFrom(`study of order ${content.order.id}`), day: null, accession }];
}

const sexes: Record<ReportContent['patient']['sex'], string> = { male: 'M', female: 'F', unknown: '', unstated: '' };

/** DA; what is no day is left empty rather than written wrong. */
const dayOf = (day: string | null): string | undefined =>
  /^(\d{4})-?(\d{2})-?(\d{2})/
    .exec(day ?? '')
    ?.slice(1)
    .join('');

/** A text that is one value of PN. */
const nameGroup = (name: string): string => bounded(name, 64).replace(/[=^]/g, ' ');

/** Patient, study and equipment of an object that holds a report. The number is qualified by its issuer; both groups of the name. */
export function reportModules({ patient, centre }: ReportContent, study: ReportStudy): DicomJson {
  const [number] = byStrength(patient.identifiers);
  const name = { Alphabetic: nameGroup(patient.namePinyin), Ideographic: nameGroup(patient.name) };
  return {
    [tags.PatientName]: { vr: 'PN', Value: [name] },
    [tags.PatientID]: attribute('LO', bounded(number?.value ?? patient.id, 64)),
    [tags.IssuerOfPatientID]: attribute('LO', bounded(number?.issuer ?? 'LIANZHEN', 64)),
    [tags.PatientBirthDate]: attribute('DA', dayOf(patient.birthDate)),
    [tags.PatientSex]: attribute('CS', sexes[patient.sex]),
    [tags.StudyInstanceUID]: attribute('UI', study.uid),
    [tags.StudyDate]: attribute('DA', dayOf(study.day)),
    [tags.StudyTime]: attribute('TM'),
    [tags.AccessionNumber]: attribute('SH', bounded(study.accession, 16)),
    [tags.ReferringPhysicianName]: attribute('PN'),
    [tags.StudyID]: attribute('SH'),
    [tags.Manufacturer]: attribute('LO', 'Lianzhen'),
    [tags.InstitutionName]: attribute('LO', bounded(centre.facility.name, 64)),
  };
}

/** What tells the objects of one report apart from those of others, and those under another patient from the first ones. */
export const objectName = ({ reportId, identityCorrection: corrected }: ReportContent, study: ReportStudy) => ({
  name: `${reportId} ${study.uid}`,
  whose: corrected ? ` identity ${corrected.number}` : '',
});
