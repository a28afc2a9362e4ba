import { dayText } from '@lianzhen/contracts/report-dates.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import { v5 } from 'uuid';
import { localSystem } from './codes.ts';
import { concept, createOnce, createOrReplace, identifierOf, textOf } from './fhir-entries.ts';
import type { BundleEntry, ImagingStudy, ServiceRequest } from './fhir-types.ts';
import { accessionSystem, orderAuthority } from './identifier-systems.ts';

type Exam = ReportContent['exams'][number];
const priorities: Record<string, ServiceRequest['priority']> = { emergency: 'stat', urgent: 'urgent' };
const hubCodes = `urn:lianzhen:codes:${localSystem}`;
const requestUrl = (content: ReportContent, exam: Exam): string =>
  `urn:uuid:${v5(`request ${exam.accessionNumber}`, content.order.id)}`;

/** One request for each exam, all under the number of the order; known by the accession number. */
export function requestEntry(content: ReportContent, exam: Exam): BundleEntry<ServiceRequest> {
  const { order } = content;
  const accession = identifierOf({ type: 'ACSN', system: accessionSystem, name: 'Accession' }, exam.accessionNumber);
  const site = [textOf(exam.bodyPart), textOf(exam.laterality)].filter((part) => part !== undefined);
  const resource: ServiceRequest = {
    resourceType: 'ServiceRequest',
    identifier: [accession],
    requisition: identifierOf(orderAuthority, order.number),
    status: content.kind === 'preliminary' ? 'active' : 'completed',
    intent: 'order',
    priority: priorities[order.urgency] ?? 'routine',
    code: concept(hubCodes, exam.examCode, exam.examName),
    bodySite: site.length > 0 ? [{ text: site.join(' ') }] : undefined,
    subject: { reference: `urn:uuid:${content.patient.id}` },
    authoredOn: order.submittedAt,
    requester: { reference: `urn:uuid:${order.requestingFacility.id}`, display: textOf(order.requester) },
    performer: [{ reference: `urn:uuid:${content.centre.facility.id}` }],
    reasonCode: [
      order.diagnosisCode
        ? concept('http://hl7.org/fhir/sid/icd-10', order.diagnosisCode, order.diagnosisText)
        : { text: textOf(order.diagnosisText) ?? textOf(order.purpose) },
    ],
    note: [order.purpose, order.history].flatMap((note) => textOf(note) ?? []).map((text) => ({ text })),
  };
  return createOrReplace(requestUrl(content, exam), resource, accession);
}

/** The studies that the report was read from, each once, known by the Study Instance UID. */
export function studyEntries(content: ReportContent): BundleEntry<ImagingStudy>[] {
  const uids = new Set(content.exams.flatMap((exam) => exam.studies.map((study) => study.studyInstanceUid)));
  return [...uids].map((uid) => studyEntry(content, uid));
}

function studyEntry(content: ReportContent, uid: string): BundleEntry<ImagingStudy> {
  const exams = content.exams.filter((exam) => exam.studies.some((study) => study.studyInstanceUid === uid));
  const study = exams.flatMap((exam) => exam.studies).find((one) => one.studyInstanceUid === uid);
  const day = dayText(study?.studyDate ?? null);
  const identifier = { system: 'urn:dicom:uid', value: `urn:oid:${visibleText(uid)}` };
  const resource: ImagingStudy = {
    resourceType: 'ImagingStudy',
    identifier: [identifier],
    status: 'available',
    modality: study?.modalities.map((code) => ({ system: 'http://dicom.nema.org/resources/ontology/DCM', code })),
    subject: { reference: `urn:uuid:${content.patient.id}` },
    started: /^\d{4}-\d{2}-\d{2}$/.test(day ?? '') ? (day ?? undefined) : undefined,
    basedOn: exams.map((exam) => ({ reference: requestUrl(content, exam) })),
    numberOfSeries: study?.seriesCount ?? 0,
    numberOfInstances: study?.instanceCount ?? 0,
  };
  return createOnce(`urn:uuid:${v5(uid, v5.URL)}`, resource, identifier);
}
