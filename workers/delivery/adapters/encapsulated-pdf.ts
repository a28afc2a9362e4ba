import { reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { documentCodes } from '../../reporting/forms/codes.ts';
import { attribute, code, codeItem, dayAndTime, items } from '../../sr/dicom-values.ts';
import { objectName, type ReportStudy, reportModules, reportStudies } from './report-object.ts';

/**
 * The report as Encapsulated PDF objects (PS3.3 A.45.1), one in each study that it covers, so that whoever opens a study
 * finds its report. The same version gives the same UIDs and bytes: a repeat is known as one.
 */
export function encapsulatedPdfs(content: ReportContent, pdf: Uint8Array): DicomJson[] {
  return reportStudies(content).map((study) => encapsulated(content, pdf, study));
}

function encapsulated(content: ReportContent, pdf: Uint8Array, study: ReportStudy): DicomJson {
  const { centre, versionNumber } = content;
  const { name, whose } = objectName(content, study);
  const { day, time } = dayAndTime(new Date(content.signedAt));
  const title = reportWords.zh.titles[centre.line];
  const document = documentCodes[centre.line];
  return {
    ...reportModules(content, study),
    [tags.SOPClassUID]: attribute('UI', sopClass.encapsulatedPdf),
    [tags.SOPInstanceUID]: attribute('UI', uidFrom(`report ${name} version ${versionNumber}${whose}`)),
    [tags.Modality]: attribute('CS', 'DOC'),
    [tags.SeriesInstanceUID]: attribute('UI', uidFrom(`reports ${name}${whose}`)),
    [tags.SeriesNumber]: attribute('IS', '9901'),
    [tags.SeriesDescription]: attribute('LO', title),
    // Conversion Type: a workstation made it.
    '00080064': attribute('CS', 'WSD'),
    [tags.InstanceNumber]: attribute('IS', String(versionNumber)),
    [tags.ContentDate]: attribute('DA', day),
    [tags.ContentTime]: attribute('TM', time),
    [tags.AcquisitionDateTime]: attribute('DT'),
    [tags.BurnedInAnnotation]: attribute('CS', 'YES'),
    // Document Title, Concept Name Code Sequence, MIME Type, the document and its length.
    '00420010': attribute('ST', `${title} ${reportWords.zh.kinds[content.kind]} v${versionNumber}`),
    '0040A043': items(codeItem(code(document.code, 'LN', document.text))),
    '00420012': attribute('LO', 'application/pdf'),
    '00420011': { vr: 'OB', InlineBinary: Buffer.from(pdf).toString('base64') },
    '00420015': attribute('UL', pdf.length),
    // Verification Flag: whether a second doctor has signed.
    '0040A493': attribute('CS', content.reviewer ? 'VERIFIED' : 'UNVERIFIED'),
  };
}
