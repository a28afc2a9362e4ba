import type { SessionMark } from '@lianzhen/contracts/session-marks.ts';
import { isCaliper } from '@lianzhen/contracts/shared-view.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { sourceOfLead } from '@lianzhen/ecg/formats/dicom/lead-codes.ts';
import { attribute, code, dayAndTime, items, personName } from '../../sr/dicom-values.ts';
import {
  codeValueItem,
  container,
  containerItem,
  content,
  nameItem,
  numberItem,
  shapeItem,
  textItem,
  timeItem,
  uidItem,
} from '../../sr/sr-items.ts';
import { markShapes } from './mark-shapes.ts';
import { conceptOf, unitOf } from './measurement-codes.ts';
import type { StudyEvidence } from './session-evidence.ts';
import { commonModules, evidenceSequence, imageReference, imagesOf, isWaveform } from './study-modules.ts';

const measurementReport = code('126000', 'DCM', 'Imaging Measurement Report');
const language = code('121049', 'DCM', 'Language of Content Item and Descendants');
const chinese = code('zh-CN', 'RFC5646', 'Chinese (China)');
const observerType = code('121005', 'DCM', 'Observer Type');
const person = code('121006', 'DCM', 'Person');
const observerName = code('121008', 'DCM', 'Person Observer Name');
const procedureReported = code('121058', 'DCM', 'Procedure reported');
const imagingProcedure = code('363679005', 'SCT', 'Imaging procedure');
const ecgProcedure = code('29303009', 'SCT', 'Electrocardiographic procedure');
const measuredLead = code('MEASURED-LEAD', '99LIANZHEN', 'Lead measured in');
const imageLibrary = code('111028', 'DCM', 'Image Library');
const libraryGroup = code('126200', 'DCM', 'Image Library Group');
const measurements = code('126010', 'DCM', 'Imaging Measurements');
const measurementGroup = code('125007', 'DCM', 'Measurement Group');
const trackingIdentifier = code('112039', 'DCM', 'Tracking Identifier');
const trackingUid = code('112040', 'DCM', 'Tracking Unique Identifier');
const derivation = code('121401', 'DCM', 'Derivation');

/**
 * The measurements with values as a Comprehensive SR by TID 1500 (PS3.16): one group for each, with its observer, its
 * numbers, and the shape on the frame, or the time in the trace, that each number was taken from.
 */
export function measurementReports(evidence: StudyEvidence): DicomJson[] {
  const measured = evidence.marks.filter(
    (mark) => mark.values.some((value) => conceptOf(value)) && placeOf(evidence, mark),
  );
  const images = imagesOf(evidence, measured);
  const [first] = images;
  if (!first) return [];
  const { day, time } = dayAndTime(evidence.at);
  const groups = measured.flatMap((mark, at) => measurementGroupOf(evidence, mark, at + 1));
  const library = images
    .filter((image) => !isWaveform(image))
    .map((image) => content('CONTAINS', 'IMAGE', { [tags.ReferencedSOPSequence]: items(imageReference(image)) }));
  const tree = [
    codeValueItem('HAS CONCEPT MOD', language, chinese),
    codeValueItem('HAS OBS CONTEXT', observerType, person),
    nameItem('HAS OBS CONTEXT', observerName, evidence.creator),
    codeValueItem('HAS CONCEPT MOD', procedureReported, library.length > 0 ? imagingProcedure : ecgProcedure),
    ...(library.length > 0 ? [containerItem(imageLibrary, [containerItem(libraryGroup, library)], '1600')] : []),
    containerItem(measurements, groups),
  ];
  return [
    {
      ...commonModules(evidence, first, {
        sopClassUid: sopClass.comprehensiveSr,
        modality: 'SR',
        seriesNumber: 9913,
        seriesDescription: '会诊测量',
        about: 'all',
      }),
      [tags.ContentDate]: attribute('DA', day),
      [tags.ContentTime]: attribute('TM', time),
      '00081111': items(),
      '0040A078': items(...authors(measured)),
      '0040A372': items(),
      '0040A375': evidenceSequence(evidence.studyUid, images),
      // Complete as to this session; the doctor's signature is on the opinion, not on the measurements.
      '0040A491': attribute('CS', 'COMPLETE'),
      '0040A493': attribute('CS', 'UNVERIFIED'),
      ...container(measurementReport, tree, '1500'),
    },
  ];
}

/** Author Observer Sequence: everyone whose measurement is in it. */
function authors(marks: readonly SessionMark[]): DicomJson[] {
  const byAuthor = new Map(marks.map((mark) => [mark.seatId, mark.author]));
  return [...byAuthor.values()].map((author) => ({
    '0040A084': attribute('CS', 'PSN'),
    '0040A123': personName(author),
    [tags.InstitutionName]: attribute('LO'),
    '00080082': items(),
    '00401101': items(),
  }));
}

function measurementGroupOf(evidence: StudyEvidence, mark: SessionMark, number: number): DicomJson[] {
  const where = placeOf(evidence, mark);
  if (!where) return [];
  const numbers = mark.values.flatMap((value) => {
    const found = conceptOf(value);
    if (!found) return [];
    const modifiers = [
      ...(found.derivation ? [codeValueItem('HAS CONCEPT MOD', derivation, found.derivation)] : []),
      ...(mark.lead ? [codeValueItem('HAS CONCEPT MOD', measuredLead, sourceOfLead(mark.lead))] : []),
    ];
    return [numberItem(found.concept, { value: value.value, unit: unitOf(value) }, [...modifiers, where])];
  });
  const head = [
    codeValueItem('HAS OBS CONTEXT', observerType, person),
    nameItem('HAS OBS CONTEXT', observerName, mark.author),
    textItem('HAS OBS CONTEXT', trackingIdentifier, `${mark.kind} ${number}`),
    uidItem('HAS OBS CONTEXT', trackingUid, uidFrom(`mark ${mark.id}`)),
  ];
  return [containerItem(measurementGroup, [...head, ...numbers], '1501')];
}

/** What the numbers of a mark were taken from; undefined where it has too few points, or is no mark of such an object. */
function placeOf({ images }: StudyEvidence, mark: SessionMark): DicomJson | undefined {
  const image = images.get(mark.sopInstanceUid);
  if (!image || isWaveform(image) !== isCaliper(mark.kind)) return undefined;
  const reference = imageReference(image, [mark.frame]);
  const [from, to] = mark.points;
  if (isWaveform(image)) return from && to && timeItem(from.x, to.x, reference);
  const [shape] = markShapes(mark);
  return shape && shapeItem(shape.type, shape.data, reference);
}
