import { measuredBy } from '@lianzhen/contracts/ecg-report.ts';
import { reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { type Code, localCodes, localSystem, statusOf } from './codes.ts';
import { type EcgNumber, ecgNumbers, type SystemCode } from './ecg-codes.ts';
import { concept, textOf } from './fhir-entries.ts';
import type { CodeableConcept, Observation } from './fhir-types.ts';

const own = `urn:lianzhen:codes:${localSystem}`;
const systems: Record<SystemCode['system'], string> = {
  LN: 'http://loinc.org',
  MDC: 'urn:iso:std:iso:11073:10101',
  [localSystem]: own,
};

/** The numbers of an electrocardiogram, one observation each; then who measured, the comparison, and which trace it was. */
export function ecgObservations(content: ReportContent): Observation[] {
  const { ecg } = content;
  if (!ecg) return [];
  const status = statusOf(content);
  const by = measuredBy(ecg);
  const when = effectiveOf(ecg.acquiredAt);
  const said = (id: string, { code, text }: Code, words: string | undefined): Observation[] =>
    words ? [{ resourceType: 'Observation', id, status, code: concept(own, code, text), valueString: words }] : [];
  return [
    ...ecgNumbers(ecg).map((number) => numberObservation(number, status, when)),
    ...said('ecg-measured-by', localCodes.ecgMeasuredBy, by ? reportWords.zh.ecg.by[by] : undefined),
    ...said('ecg-comparison', localCodes.ecgComparison, textOf(ecg.comparison)),
    ...said('ecg-trace', localCodes.ecgTrace, textOf(ecg.sopInstanceUid)),
  ];
}

function numberObservation(number: EcgNumber, status: Observation['status'], when: string | undefined): Observation {
  const { name, codes, value, unit, formula } = number;
  return {
    resourceType: 'Observation',
    // Small letters: some receivers fold the case of ids.
    id: `ecg-${name.toLowerCase()}`,
    status,
    code: {
      coding: codes.map(({ system, code, text }) => ({ system: systems[system], code, display: text })),
      text: codes[0].text,
    },
    effectiveDateTime: when,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    method: formula && concept('http://dicom.nema.org/resources/ontology/DCM', formula.code, formula.text),
  };
}

/** A recorder that does not say its time zone has told the day alone: FHIR has no time without one. */
function effectiveOf(acquiredAt: string | null): string | undefined {
  const [whole, day, zone] =
    /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?([+-]\d\d:\d\d)?$/.exec(acquiredAt ?? '') ?? [];
  return whole && day && !Number.isNaN(Date.parse(whole)) ? (zone ? whole : day) : undefined;
}

/** The sentences of the library, in the order of the conclusion. */
export const statementConcepts = ({ ecg }: ReportContent): CodeableConcept[] =>
  (ecg?.statements ?? []).map(({ code, zh }) => concept(own, code, zh));
