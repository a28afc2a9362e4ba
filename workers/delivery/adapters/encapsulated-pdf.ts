import { partsIn } from '@lianzhen/contracts/report-dates.ts';
import { defaultTimeZone } from '@lianzhen/contracts/report-layout.ts';
import { reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { DicomAttribute, DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { documentCodes } from '../../reporting/forms/codes.ts';
import { byStrength } from '../../reporting/forms/identifier-systems.ts';

const sexes: Record<ReportContent['patient']['sex'], string> = { male: 'M', female: 'F', unknown: '', unstated: '' };
const attribute = (vr: string, ...values: (string | number | undefined | null)[]): DicomAttribute => ({
  vr,
  Value: values.filter((value) => value !== undefined && value !== null && value !== ''),
});
/** A text that fits its representation: bounded, on one line, without the backslash that would make two values of it. */
const bounded = (text: string | null, limit: number): string =>
  [...visibleText(text ?? '').replace(/[\n\\]/g, ' ')].slice(0, limit).join('').trim();

/**
 * The report as Encapsulated PDF objects (PS3.3 A.45.1), one in each study that it covers, so that whoever opens a study
 * finds its report. The same version gives the same UIDs and bytes: a repeat is known as one.
 */
export function encapsulatedPdfs(content: ReportContent, pdf: Uint8Array): DicomJson[] {
  const targets = content.exams.flatMap((exam) =>
    exam.studies.map((study) => ({
      uid: study.studyInstanceUid,
      day: study.studyDate,
      accession: exam.accessionNumber,
    })),
  );
  const first = content.exams[0]?.accessionNumber ?? '';
  // An order without images has a study of its own, which then holds the report alone.
  const own = { uid: uidFrom(`study of order ${content.order.id}`), day: null, accession: first };
  const byStudy = new Map((targets.length > 0 ? targets : [own]).map((target) => [target.uid, target]));
  return [...byStudy.values()].map((target) => encapsulated(content, pdf, target));
}

function encapsulated(
  content: ReportContent,
  pdf: Uint8Array,
  study: { uid: string; day: string | null; accession: string },
): DicomJson {
  const { centre, versionNumber, identityCorrection: corrected } = content;
  const whose = corrected ? ` identity ${corrected.number}` : '';
  const name = `${content.reportId} ${study.uid}`;
  const signed = partsIn(content.signedAt, defaultTimeZone);
  const date = `${signed.year}${signed.month}${signed.day}`;
  const time = `${signed.hour}${signed.minute}${signed.second}`;
  const title = reportWords.zh.titles[centre.line];
  const code = documentCodes[centre.line];
  return {
    ...patientAttributes(content),
    [tags.SOPClassUID]: attribute('UI', sopClass.encapsulatedPdf),
    [tags.SOPInstanceUID]: attribute('UI', uidFrom(`report ${name} version ${versionNumber}${whose}`)),
    [tags.StudyInstanceUID]: attribute('UI', study.uid),
    [tags.StudyDate]: attribute('DA', dayOf(study.day)),
    [tags.StudyTime]: attribute('TM'),
    [tags.AccessionNumber]: attribute('SH', bounded(study.accession, 16)),
    [tags.ReferringPhysicianName]: attribute('PN'),
    [tags.StudyID]: attribute('SH'),
    [tags.Modality]: attribute('CS', 'DOC'),
    [tags.SeriesInstanceUID]: attribute('UI', uidFrom(`reports ${name}${whose}`)),
    [tags.SeriesNumber]: attribute('IS', '9901'),
    [tags.SeriesDescription]: attribute('LO', title),
    [tags.Manufacturer]: attribute('LO', 'Lianzhen'),
    [tags.InstitutionName]: attribute('LO', bounded(centre.facility.name, 64)),
    // Conversion Type: a workstation made it.
    '00080064': attribute('CS', 'WSD'),
    [tags.InstanceNumber]: attribute('IS', String(versionNumber)),
    [tags.ContentDate]: attribute('DA', date),
    [tags.ContentTime]: attribute('TM', time),
    [tags.AcquisitionDateTime]: attribute('DT'),
    [tags.BurnedInAnnotation]: attribute('CS', 'YES'),
    // Document Title, Concept Name Code Sequence, MIME Type, the document and its length.
    '00420010': attribute('ST', `${title} ${reportWords.zh.kinds[content.kind]} v${versionNumber}`),
    '0040A043': { vr: 'SQ', Value: [conceptName(code)] },
    '00420012': attribute('LO', 'application/pdf'),
    '00420011': { vr: 'OB', InlineBinary: Buffer.from(pdf).toString('base64') },
    '00420015': attribute('UL', pdf.length),
    // Verification Flag: whether a second doctor has signed.
    '0040A493': attribute('CS', content.reviewer ? 'VERIFIED' : 'UNVERIFIED'),
  };
}

/** DA; what is no day is left empty rather than written wrong. */
const dayOf = (day: string | null): string | undefined =>
  /^(\d{4})-?(\d{2})-?(\d{2})/
    .exec(day ?? '')
    ?.slice(1)
    .join('');

const conceptName = ({ code, text }: { code: string; text: string }): DicomJson => ({
  [tags.CodeValue]: attribute('SH', code),
  [tags.CodingSchemeDesignator]: attribute('SH', 'LN'),
  [tags.CodeMeaning]: attribute('LO', text),
});

/** The number is qualified by its issuer; both groups of the name, where they are known. */
function patientAttributes({ patient }: ReportContent): DicomJson {
  const [number] = byStrength(patient.identifiers);
  const name = {
    Alphabetic: bounded(patient.namePinyin, 64).replace(/[=^]/g, ' '),
    Ideographic: bounded(patient.name, 64).replace(/[=^]/g, ' '),
  };
  return {
    [tags.PatientName]: { vr: 'PN', Value: [name] },
    [tags.PatientID]: attribute('LO', bounded(number?.value ?? patient.id, 64)),
    [tags.IssuerOfPatientID]: attribute('LO', bounded(number?.issuer ?? 'LIANZHEN', 64)),
    [tags.PatientBirthDate]: attribute('DA', dayOf(patient.birthDate)),
    [tags.PatientSex]: attribute('CS', sexes[patient.sex]),
  };
}
