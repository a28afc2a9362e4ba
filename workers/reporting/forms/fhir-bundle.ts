import { createHash } from 'node:crypto';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { v5 } from 'uuid';
import {
  adviceCode,
  type Code,
  documentCodes,
  findingsCode,
  issuedAt,
  localSystem,
  opinionCodes,
  serviceCodes,
  statusOf,
} from './codes.ts';
import { ecgObservations, statementConcepts } from './fhir-ecg.ts';
import { concept, createOrReplace, identifierOf, textOf, uuidIdentifier } from './fhir-entries.ts';
import { evidenceStudies, markObservations } from './fhir-evidence.ts';
import { narrativeOf } from './fhir-narrative.ts';
import { organisationEntry, patientEntry, practitionerEntry } from './fhir-people.ts';
import { requestEntry, studyEntries } from './fhir-requests.ts';
import type {
  Attachment,
  BundleEntry,
  DiagnosticReport,
  Extension,
  Observation,
  TransactionBundle,
} from './fhir-types.ts';
import type { FormOptions } from './hl7-oru.ts';
import { reportAuthority } from './identifier-systems.ts';

/**
 * A FHIR R4 transaction that leaves one DiagnosticReport at the receiver, however often it is sent. The report is known
 * by the hub's report id, so a corrected version takes the place of the one before (status `corrected`).
 * @param pdf the same version as a PDF, carried in `presentedForm`
 */
export function renderFhirBundle(content: ReportContent, pdf: Uint8Array, options: FormOptions): TransactionBundle {
  const parties = [content.centre.facility, content.order.requestingFacility];
  const people = [content.writer, ...(content.reviewer ? [content.reviewer] : [])];
  const requests = content.exams.map((exam) => requestEntry(content, exam));
  const studies = studyEntries(content);
  const report = reportEntry(content, pdf, options, requests, studies);
  return {
    resourceType: 'Bundle',
    identifier: uuidIdentifier(v5(nameOf(content), content.reportId)),
    type: 'transaction',
    timestamp: issuedAt(content),
    entry: [
      ...onePer(parties).map(organisationEntry),
      ...onePer(people).map(practitionerEntry),
      patientEntry(content),
      ...requests,
      ...studies,
      report,
    ],
  };
}

/** What is sent, apart from everything that was sent before it. */
const nameOf = ({ versionNumber, identityCorrection: corrected }: ReportContent): string =>
  `version ${versionNumber}${corrected ? ` identity ${corrected.number}` : ''}`;

/** A transaction must not name the same resource twice: the requester may be the centre's own hospital. */
const onePer = <T extends { id: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];
const loinc = (code: Code) => concept('http://loinc.org', code.code, code.text);
const refer = (entries: readonly BundleEntry[]) => entries.map(({ fullUrl }) => ({ reference: fullUrl }));

const refersInside = ({ id }: { id: string }) => ({ reference: `#${id}` });

function reportEntry(
  content: ReportContent,
  pdf: Uint8Array,
  options: FormOptions,
  requests: readonly BundleEntry[],
  studies: readonly BundleEntry[],
): BundleEntry<DiagnosticReport> {
  const own = uuidIdentifier(content.reportId);
  const parts = [...containedParts(content), ...ecgObservations(content), ...markObservations(content)];
  const evidence = evidenceStudies(content);
  const images = [...refer(studies), ...evidence.map(refersInside)];
  const interpreters = content.reviewer ? [content.reviewer, content.writer] : [content.writer];
  const resource: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    language: 'zh-CN',
    text: narrativeOf(content, options),
    contained: [...parts, ...evidence],
    extension: versionExtensions(content, options.contentHash),
    identifier: [own, identifierOf(reportAuthority, content.reportId)],
    basedOn: refer(requests),
    status: statusOf(content),
    category: [concept('http://terminology.hl7.org/CodeSystem/v2-0074', serviceCodes[content.centre.line])],
    code: loinc(documentCodes[content.centre.line]),
    subject: { reference: `urn:uuid:${content.patient.id}` },
    effectiveDateTime: content.consultation?.startedAt ?? effectiveOf(studies) ?? content.order.submittedAt,
    issued: issuedAt(content),
    performer: [{ reference: `urn:uuid:${content.centre.facility.id}`, display: textOf(content.centre.name) }],
    resultsInterpreter: interpreters.map((person) => ({ reference: `urn:uuid:${person.id}` })),
    result: parts.map(refersInside),
    imagingStudy: images.length > 0 ? images : undefined,
    conclusion: textOf(content.impression),
    conclusionCode: content.consultation ? undefined : [polarityOf(content), ...statementConcepts(content)],
    presentedForm: [attachmentOf(content, pdf)],
  };
  return createOrReplace(own.value, resource, own);
}

const polarityOf = ({ positive }: ReportContent) =>
  positive
    ? concept(`urn:lianzhen:codes:${localSystem}`, 'POS', '阳性')
    : concept(`urn:lianzhen:codes:${localSystem}`, 'NEG', '阴性');

const effectiveOf = (studies: readonly BundleEntry[]): string | undefined =>
  studies
    .map(({ resource }) => (resource.resourceType === 'ImagingStudy' ? resource.started : undefined))
    .find((day) => day !== undefined);

/** Findings and advice live inside the report, so that no stale part of an old version stays behind at the receiver. */
function containedParts(content: ReportContent): Observation[] {
  const isOpinion = content.consultation !== undefined;
  const parts = [
    { id: 'findings', code: isOpinion ? opinionCodes.findings : findingsCode, text: textOf(content.findings) },
    { id: 'advice', code: isOpinion ? opinionCodes.advice : adviceCode, text: textOf(content.advice) },
  ];
  return parts.flatMap(({ id, code, text }): Observation[] =>
    text ? [{ resourceType: 'Observation', id, status: statusOf(content), code: loinc(code), valueString: text }] : [],
  );
}

function versionExtensions(content: ReportContent, contentHash: string): Extension[] {
  const url = (name: string) => `urn:lianzhen:fhir:${name}`;
  const replaces = content.replacesVersion;
  const reason = textOf(content.amendmentReason);
  const critical = textOf(content.criticalText);
  const corrected = content.identityCorrection;
  return [
    { url: url('version-number'), valueInteger: content.versionNumber },
    { url: url('content-hash'), valueString: contentHash },
    ...(replaces === null ? [] : [{ url: url('replaces-version'), valueInteger: replaces }]),
    ...(corrected ? [{ url: url('identity-corrected'), valueDateTime: corrected.at }] : []),
    ...(reason ? [{ url: url('amendment-reason'), valueString: reason }] : []),
    { url: url('critical'), valueBoolean: content.critical },
    ...(critical ? [{ url: url('critical-text'), valueString: critical }] : []),
  ];
}

/** R4 asks for SHA-1 in `hash`; it tells a damaged copy, it is no signature. */
const attachmentOf = (content: ReportContent, pdf: Uint8Array): Attachment => ({
  contentType: 'application/pdf',
  language: 'zh-CN',
  data: Buffer.from(pdf).toString('base64'),
  size: pdf.length,
  hash: createHash('sha1').update(pdf).digest('base64'),
  title: `${content.order.number}-v${content.versionNumber}.pdf`,
  creation: content.signedAt,
});
