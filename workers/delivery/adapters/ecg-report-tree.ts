import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { localSystem } from '../../reporting/forms/codes.ts';
import { attribute, bounded, type Code, code } from '../../sr/dicom-values.ts';
import {
  codeValueItem,
  container,
  containerItem,
  dateTimeItem,
  nameItem,
  objectItem,
  textItem,
} from '../../sr/sr-items.ts';
import type { TraceObject } from './adapter.ts';
import { ecgMeasurementItems } from './ecg-report-numbers.ts';

const dcm = (value: string, meaning: string): Code => code(value, 'DCM', meaning);
const ln = (value: string, meaning: string): Code => code(value, 'LN', meaning);
const sct = (value: string, meaning: string): Code => code(value, 'SCT', meaning);

const ecgFinding = sct('271921002', 'ECG finding');
const procedureTime = dcm('122146', 'Procedure DateTime');
const person = dcm('121006', 'Person');
const summary = ln('55112-7', 'Summary');
const normal = sct('164854000', 'Normal ECG');
const borderline = sct('251135002', 'Borderline Normal ECG');
const abnormal = sct('102594003', 'Abnormal ECG');

/** The content of an electrocardiogram's report by TID 3700 (PS3.16), its sections in the order of the template. */
export function ecgReportTree(content: ReportContent, ecg: EcgPart, trace: TraceObject | null): DicomJson {
  const readers = [content.writer, ...(content.reviewer ? [content.reviewer] : [])];
  return container(
    ln('11524-6', 'ECG Report'),
    [
      codeValueItem(
        'HAS CONCEPT MOD',
        dcm('121049', 'Language of Content Item and Descendants'),
        code('zh-CN', 'RFC5646', 'Chinese (China)'),
      ),
      ...readers.flatMap(({ name }) => [
        codeValueItem('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), person),
        nameItem('HAS OBS CONTEXT', dcm('121008', 'Person Observer Name'), name),
      ]),
      codeValueItem(
        'HAS CONCEPT MOD',
        dcm('121058', 'Procedure reported'),
        sct('29303009', 'Electrocardiographic procedure'),
      ),
      ...section(ln('18785-6', 'Indications for Procedure'), undefined, [
        ...written(dcm('121071', 'Finding'), content.order.purpose),
      ]),
      ...priorItems(ecg),
      ...section(ln('55111-9', 'Current Procedure Descriptions'), '3708', [
        ...recordedAt(ecg.acquiredAt),
        ...(trace
          ? [objectItem(kindOf(trace), dcm('121112', 'Source of Measurement'), traceReference(ecg, trace))]
          : []),
      ]),
      containerItem(dcm('122144', 'Quantitative Analysis'), ecgMeasurementItems(ecg)),
      ...section(dcm('122145', 'Qualitative Analysis'), '3717', [
        ...written(ecgFinding, content.findings),
        ...ecg.statements.map((said) =>
          codeValueItem('CONTAINS', ecgFinding, code(bounded(said.code, 20), localSystem, said.zh)),
        ),
      ]),
      containerItem(summary, [...written(summary, content.impression), ...overall(content, ecg)], '3719'),
    ],
    '3700',
  );
}

/** A section that would be empty is left out: a container has content. */
const section = (concept: Code, template: string | undefined, children: DicomJson[]): DicomJson[] =>
  children.length > 0 ? [containerItem(concept, children, template)] : [];

const written = (concept: Code, text: string): DicomJson[] =>
  text.trim() === '' ? [] : [textItem('CONTAINS', concept, visibleText(text))];

function priorItems({ comparison, comparedWith }: EcgPart): DicomJson[] {
  const done = comparedWith ? sct('373066001', 'Yes') : sct('373067005', 'No');
  return section(ln('55114-3', 'Prior Procedure Descriptions'), '3702', [
    codeValueItem('CONTAINS', dcm('122140', 'Comparison with Prior Study Done'), done),
    ...(comparedWith ? recordedAt(comparedWith.acquiredAt) : []),
    ...written(dcm('121106', 'Comment'), comparison),
  ]);
}

/** DT of a recorder's clock; none where it is no time. */
function recordedAt(at: string | null): DicomJson[] {
  const [whole, ...parts] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,6})?\d*(?:([+-]\d\d):(\d\d))?$/.exec(at ?? '') ?? [];
  if (!whole || Number.isNaN(Date.parse(whole))) return [];
  return [dateTimeItem('CONTAINS', procedureTime, parts.join(''))];
}

/** A PDF or a photograph is no waveform. */
function kindOf({ sopClassUid }: TraceObject): 'WAVEFORM' | 'IMAGE' | 'COMPOSITE' {
  const kind = storageSopClasses.get(sopClassUid)?.kind;
  return kind === 'waveform' ? 'WAVEFORM' : kind === 'image' ? 'IMAGE' : 'COMPOSITE';
}

export const traceReference = ({ sopInstanceUid }: EcgPart, { sopClassUid }: TraceObject): DicomJson => ({
  [tags.ReferencedSOPClassUID]: attribute('UI', sopClassUid),
  [tags.ReferencedSOPInstanceUID]: attribute('UI', sopInstanceUid),
});

/** PS3.16 CID 3677. Nothing is said of what is neither called normal nor positive. */
function overall({ positive }: ReportContent, { statements }: EcgPart): DicomJson[] {
  const has = (wanted: string) => statements.some((said) => said.code === wanted);
  const finding = positive ? abnormal : has('BORDER') ? borderline : has('NORM') ? normal : undefined;
  return finding ? [codeValueItem('CONTAINS', ln('18810-2', 'ECG overall finding'), finding)] : [];
}
