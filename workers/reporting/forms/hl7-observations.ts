import { evidenceLines } from '@lianzhen/contracts/evidence-layout.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import {
  adviceCode,
  type Code,
  findingsCode,
  impressionCode,
  localCodes,
  localSystem,
  opinionCodes,
  resultStatus,
} from './codes.ts';
import { ecgRows } from './hl7-ecg.ts';
import { doctor } from './hl7-people.ts';
import { identifier, local, type Observation } from './hl7-rows.ts';
import { components, formatted, type Hl7, segment, timeStamp, value } from './hl7-text.ts';

/**
 * The OBX segments of one exam: findings, impression, advice, positive or negative, critical, version, hash, and the
 * studies it was read from (as IHE names them: 113014, DCM, "DICOM Study"). An electrocardiogram adds its numbers and its
 * coded statements, an opinion its marks and their objects.
 */
export function observations(
  content: ReportContent,
  exam: ReportContent['exams'][number],
  signed: { contentHash: string; signedAt: Hl7; timeZone: string },
): string[] {
  const { centre } = content;
  const signer = doctor(content.reviewer ?? content.writer);
  const all = [
    ...resultOf(content),
    ...ecgRows(content),
    ...evidenceOf(content),
    ...versionOf(content, signed.contentHash, signed.timeZone),
    ...studiesOf(exam),
  ];
  return all.map((row, at) =>
    segment('OBX', {
      1: value(String(at + 1)),
      2: value(row.type),
      3: identifier(row),
      4: value(row.sub ?? '1'),
      5: row.value,
      6: row.unit ? components(row.unit.code, row.unit.text, 'UCUM') : value(''),
      8: value(row.flag),
      11: value(resultStatus(content)),
      14: signed.signedAt,
      15: components(centre.facility.code, centre.facility.name, localSystem),
      16: signer,
      17: row.method ? components(row.method.code, row.method.text, 'DCM') : value(''),
      23: components(centre.facility.name, '', '', '', '', '', '', '', '', centre.facility.code),
    }),
  );
}

const narrative = (code: Code, text: string): Observation => ({
  type: 'FT',
  code,
  system: 'LN',
  value: formatted(text),
});

/** The parts of an opinion are not those of an exam: 会诊所见, 会诊意见, 处理建议. */
const opinionOf = ({ findings, impression, advice }: ReportContent): Observation[] => [
  ...(findings.trim() ? [narrative(opinionCodes.findings, findings)] : []),
  narrative(opinionCodes.opinion, impression),
  ...(advice.trim() ? [narrative(opinionCodes.advice, advice)] : []),
];

/** A line for each mark; for each object its UID, and where it lies under the same OBX-4. */
function evidenceOf({ consultation }: ReportContent): Observation[] {
  const evidence = consultation?.evidence;
  if (!evidence) return [];
  const { marks, objects } = evidenceLines(evidence, 'zh');
  return [
    ...marks.map((line, at) => ({ ...local('FT', localCodes.mark, formatted(line)), sub: String(at + 1) })),
    ...objects.flatMap(({ line, sopInstanceUid }, at) => [
      { ...local('ST', localCodes.evidenceObject, value(sopInstanceUid)), sub: String(at + 1) },
      { ...local('FT', localCodes.evidencePlace, formatted(line)), sub: String(at + 1) },
    ]),
  ];
}

function resultOf(content: ReportContent): Observation[] {
  if (content.consultation) return opinionOf(content);
  const flag = content.critical ? 'AA' : content.positive ? 'A' : 'N';
  const polarity = content.positive ? components('POS', '阳性', localSystem) : components('NEG', '阴性', localSystem);
  const critical = content.critical ? components('Y', '危急', 'HL70136') : components('N', '非危急', 'HL70136');
  return [
    narrative(findingsCode, content.findings),
    { ...narrative(impressionCode(content.centre.line), content.impression), flag },
    ...(content.advice.trim() ? [narrative(adviceCode, content.advice)] : []),
    { ...local('CE', localCodes.polarity, polarity), flag: content.positive ? 'A' : 'N' },
    { ...local('CE', localCodes.critical, critical), flag: content.critical ? 'AA' : 'N' },
    ...(content.criticalText ? [local('FT', localCodes.criticalText, formatted(content.criticalText))] : []),
  ];
}

function versionOf(content: ReportContent, contentHash: string, timeZone: string): Observation[] {
  const rows = [local('NM', localCodes.version, value(String(content.versionNumber)))];
  if (content.replacesVersion !== null)
    rows.push(local('NM', localCodes.replaces, value(String(content.replacesVersion))));
  if (content.identityCorrection)
    rows.push(local('TS', localCodes.identityCorrectedAt, timeStamp(content.identityCorrection.at, timeZone)));
  if (content.amendmentReason) rows.push(local('FT', localCodes.amendmentReason, formatted(content.amendmentReason)));
  rows.push(local('ST', localCodes.contentHash, value(contentHash)));
  return rows;
}

const studiesOf = (exam: ReportContent['exams'][number]): Observation[] =>
  exam.studies.map((study) => ({
    type: 'ST',
    code: { code: '113014', text: 'DICOM Study' },
    system: 'DCM',
    value: value(study.studyInstanceUid),
  }));
