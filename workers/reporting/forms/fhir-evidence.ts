import { evidenceLines } from '@lianzhen/contracts/evidence-layout.ts';
import type { OpinionEvidence } from '@lianzhen/contracts/opinion-evidence.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import { localCodes, localSystem, statusOf } from './codes.ts';
import { concept, textOf } from './fhir-entries.ts';
import type { ContainedStudy, Observation } from './fhir-types.ts';

const dicomCodes = 'http://dicom.nema.org/resources/ontology/DCM';
const oid = (uid: string): string => `urn:oid:${visibleText(uid)}`;

/**
 * The objects that hold an opinion's marks, as studies inside the report: the study of the bundle is the receiver's own
 * once it has it, and would not take them up.
 */
export function evidenceStudies(content: ReportContent): ContainedStudy[] {
  const objects = content.consultation?.evidence?.objects ?? [];
  const byStudy = Map.groupBy(objects, ({ studyInstanceUid }) => studyInstanceUid);
  return [...byStudy].map(([studyUid, members], at) => ({
    resourceType: 'ImagingStudy',
    id: `evidence-${at + 1}`,
    identifier: [{ system: 'urn:dicom:uid', value: oid(studyUid) }],
    status: 'available',
    subject: { reference: `urn:uuid:${content.patient.id}` },
    series: seriesOf(members),
  }));
}

function seriesOf(objects: OpinionEvidence['objects']): ContainedStudy['series'] {
  const bySeries = Map.groupBy(objects, ({ seriesInstanceUid }) => seriesInstanceUid);
  return [...bySeries].flatMap(([uid, members]) =>
    members.slice(0, 1).map(({ modality, title }) => ({
      uid: visibleText(uid),
      modality: { system: dicomCodes, code: modality },
      description: textOf(title),
      numberOfInstances: members.length,
      instance: members.map(({ sopInstanceUid, sopClassUid, title: name, count }) => ({
        uid: visibleText(sopInstanceUid),
        sopClass: { system: 'urn:ietf:rfc:3986', code: oid(sopClassUid) },
        title: textOf(`${name} ${count}`),
      })),
    })),
  );
}

/** The marks of an opinion, one observation each, in words. */
export function markObservations(content: ReportContent): Observation[] {
  const evidence = content.consultation?.evidence;
  if (!evidence) return [];
  const { code, text } = localCodes.mark;
  return evidenceLines(evidence, 'zh').marks.map((line, at) => ({
    resourceType: 'Observation',
    id: `mark-${at + 1}`,
    status: statusOf(content),
    code: concept(`urn:lianzhen:codes:${localSystem}`, code, text),
    valueString: visibleText(line),
  }));
}
