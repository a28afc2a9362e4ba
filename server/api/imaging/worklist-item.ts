import { daTmIn, toDa } from '@lianzhen/dicom/dates.ts';
import type { DicomAttribute, DicomJson, PersonName } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { worklistName } from './worklist-name.ts';
import type { ScheduledExam } from './worklist-store.ts';

const priorities: Readonly<Record<string, string>> = { emergency: 'STAT', urgent: 'HIGH', routine: 'ROUTINE' };
const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F' };
/** The facility's own record number first: it is what the people there know; a citizen's number last. */
const preferred = ['mrn', 'health-card', 'other', 'passport', 'birth-certificate', 'id-card'];

const attribute = (vr: string, value: string | PersonName | undefined | null): DicomAttribute =>
  value === undefined || value === null || value === '' ? { vr } : { vr, Value: [value] };
/** LO and SH hold so many characters and no backslash (PS3.5 6.2). */
const line = (vr: 'LO' | 'SH', value: string | null | undefined): DicomAttribute =>
  attribute(vr, value?.replace(/[\\\p{Cc}]/gu, ' ').slice(0, vr === 'LO' ? 64 : 16));

/**
 * One scheduled exam as a modality worklist item (PS3.4 Table K.6-1), with all the hub knows of it.
 * @param stations AE titles of the machines that it is for, at least one: the attribute may not be empty
 */
export function worklistItem(exam: ScheduledExam, stations: string[], requester: string | undefined): DicomJson {
  const { order } = exam;
  const { patient, requestingFacility } = order;
  const { da, tm } = daTmIn(exam.scheduledAt.toISOString(), requestingFacility.timeZone);
  const number = patientNumber(exam);
  const doctor = requester ? worklistName(requester, null) : undefined;
  const procedure = codeOf(exam);
  const step: DicomJson = {
    [tags.Modality]: attribute('CS', exam.modality),
    [tags.ScheduledStationAETitle]: { vr: 'AE', Value: stations },
    [tags.ScheduledProcedureStepStartDate]: attribute('DA', da),
    [tags.ScheduledProcedureStepStartTime]: attribute('TM', tm),
    [tags.ScheduledPerformingPhysicianName]: { vr: 'PN' },
    [tags.ScheduledProcedureStepDescription]: line('LO', exam.examName),
    [tags.ScheduledProtocolCodeSequence]: { vr: 'SQ', Value: [procedure] },
    [tags.ScheduledProcedureStepID]: line('SH', exam.accessionNumber),
    [tags.ScheduledStationName]: { vr: 'SH' },
    [tags.ScheduledProcedureStepLocation]: { vr: 'SH' },
    [tags.ScheduledProcedureStepStatus]: attribute('CS', 'SCHEDULED'),
  };
  return {
    [tags.AccessionNumber]: line('SH', exam.accessionNumber),
    [tags.InstitutionName]: line('LO', requestingFacility.name),
    [tags.ReferringPhysicianName]: attribute('PN', doctor),
    [tags.PatientName]: attribute('PN', worklistName(patient.name, patient.nameAlphabetic)),
    [tags.PatientID]: line('LO', number.value),
    [tags.IssuerOfPatientID]: line('LO', number.issuer),
    [tags.PatientBirthDate]: attribute('DA', patient.birthDate && toDa(patient.birthDate.toISOString().slice(0, 10))),
    [tags.PatientSex]: attribute('CS', sexes[patient.sex]),
    [tags.StudyInstanceUID]: attribute('UI', exam.studyInstanceUid),
    [tags.RequestingPhysician]: attribute('PN', doctor),
    [tags.RequestingService]: line('LO', order.department),
    [tags.RequestedProcedureDescription]: line('LO', exam.examName),
    [tags.RequestedProcedureCodeSequence]: { vr: 'SQ', Value: [procedure] },
    [tags.AdmissionID]: line('LO', order.visitNumber),
    [tags.ScheduledProcedureStepSequence]: { vr: 'SQ', Value: [step] },
    [tags.RequestedProcedureID]: line('SH', exam.accessionNumber),
    [tags.RequestedProcedurePriority]: attribute('SH', priorities[order.urgency]),
  };
}

/** Every number by which the machine's user may ask for this patient. */
export const patientNumbers = (exam: ScheduledExam): string[] =>
  exam.order.patient.identifiers.map(({ value }) => value);

function patientNumber({ order }: ScheduledExam): { value: string; issuer: string } {
  const { patient, requestingFacility } = order;
  const rank = ({ type, issuer }: { type: string; issuer: string }) =>
    preferred.indexOf(type) + (type === 'mrn' && issuer !== requestingFacility.code ? preferred.length : 0);
  const [best] = patient.identifiers.toSorted((a, b) => rank(a) - rank(b));
  return best ?? { value: patient.id, issuer: 'LIANZHEN' };
}

const codeOf = (exam: ScheduledExam): DicomJson => ({
  [tags.CodeValue]: line('SH', exam.examCode),
  [tags.CodingSchemeDesignator]: attribute('SH', '99LIANZHEN'),
  [tags.CodeMeaning]: line('LO', exam.examName),
});
