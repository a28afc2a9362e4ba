import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { attribute, bounded, dayAndTime, items, personName } from '../../sr/dicom-values.ts';
import type { TraceObject } from './adapter.ts';
import { ecgReportTree, traceReference } from './ecg-report-tree.ts';
import { objectName, reportModules, reportStudies } from './report-object.ts';

/**
 * The report on an electrocardiogram as a structured one (Comprehensive SR, PS3.3 A.35.3, by TID 3700), in the study of its
 * trace, beside the PDF that people read. The same version gives the same UIDs and bytes: a repeat is known as one.
 * @param trace the object that holds the trace; without it the report is whole and refers to none
 * @returns none for a report on anything else
 */
export function ecgReportObjects(content: ReportContent, trace: TraceObject | null): DicomJson[] {
  const { ecg, kind, versionNumber } = content;
  if (!ecg) return [];
  const studies = reportStudies(content);
  const study = studies.find(({ uid }) => uid === ecg.studyInstanceUid) ?? studies[0];
  const { name, whose } = objectName(content, study);
  const { day, time } = dayAndTime(new Date(content.signedAt));
  const isFinal = kind !== 'preliminary';
  return [
    {
      ...reportModules(content, study),
      [tags.SpecificCharacterSet]: attribute('CS', 'ISO_IR 192'),
      [tags.SOPClassUID]: attribute('UI', sopClass.comprehensiveSr),
      [tags.SOPInstanceUID]: attribute('UI', uidFrom(`ecg report ${name} version ${versionNumber}${whose}`)),
      [tags.Modality]: attribute('CS', 'SR'),
      [tags.SeriesInstanceUID]: attribute('UI', uidFrom(`ecg reports ${name}${whose}`)),
      [tags.SeriesNumber]: attribute('IS', '9902'),
      [tags.SeriesDescription]: attribute('LO', reportWords.zh.titles.ecg),
      [tags.InstanceNumber]: attribute('IS', String(versionNumber)),
      [tags.ContentDate]: attribute('DA', day),
      [tags.ContentTime]: attribute('TM', time),
      // Referenced Performed Procedure Step Sequence and Performed Procedure Code Sequence: there, and empty.
      '00081111': items(),
      '0040A372': items(),
      ...(trace ? { '0040A375': items(evidenceOf(ecg, trace)) } : {}),
      '0040A491': attribute('CS', isFinal ? 'COMPLETE' : 'PARTIAL'),
      '0040A496': attribute('CS', isFinal ? 'FINAL' : 'PRELIMINARY'),
      '0040A493': attribute('CS', isFinal ? 'VERIFIED' : 'UNVERIFIED'),
      ...(isFinal ? { '0040A073': items(verifier(content, day + time)) } : {}),
      ...ecgReportTree(content, ecg, trace),
    },
  ];
}

const evidenceOf = (ecg: EcgPart, trace: TraceObject): DicomJson => ({
  [tags.StudyInstanceUID]: attribute('UI', ecg.studyInstanceUid),
  [tags.ReferencedSeriesSequence]: items({
    [tags.SeriesInstanceUID]: attribute('UI', trace.seriesInstanceUid),
    [tags.ReferencedSOPSequence]: items(traceReference(ecg, trace)),
  }),
});

/** Who answers for it: the second signature or, where the centre lets one sign, the only one. */
const verifier = ({ centre, reviewer, writer }: ReportContent, at: string): DicomJson => ({
  '0040A027': attribute('LO', bounded(centre.facility.name, 64)),
  '0040A030': attribute('DT', `${at}+0800`),
  '0040A075': personName((reviewer ?? writer).name),
  '0040A088': items(),
});
