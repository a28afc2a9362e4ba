import { createHash } from 'node:crypto';
import { defaultTimeZone } from '@lianzhen/contracts/report-layout.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { encodeText } from '@lianzhen/dicom/encode-text.ts';
import { issuedAt, localSystem, resultStatus, serviceCodes } from './codes.ts';
import { observations } from './hl7-observations.ts';
import { patientSegment, reader, visitSegment } from './hl7-people.ts';
import { components, type Hl7, repetitions, segment, timeStamp, value } from './hl7-text.ts';
import { hubName } from './identifier-systems.ts';

export interface FormOptions {
  /** IANA name; every time stamp is in this clock, with its offset. */
  timeZone?: string;
  /** SHA-256 of the canonical content, hexadecimal. */
  contentHash: string;
}
export interface Hl7Address {
  controlId: string;
  receivingApplication: string;
  receivingFacility: string;
  charset: 'UNICODE UTF-8' | 'GB 18030-2000';
}

/**
 * MSH-10 of a delivery: 20 characters, as v2.5.1 allows, always the same for one delivery, so that the receiver
 * recognises a repeat. A UUID has 36 characters; this is 100 bits of its SHA-256 in base 32.
 */
export function controlIdOf(deliveryId: string): string {
  const hash = createHash('sha256').update(deliveryId).digest();
  return Array.from({ length: 20 }, (_, at) => {
    const bits = (hash.readUInt16BE(Math.floor((at * 5) / 8)) >> (11 - ((at * 5) % 8))) & 31;
    return '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[bits];
  }).join('');
}

/**
 * ORU^R01 of HL7 v2.5.1, segments ended by CR, without addressee: `addressOru` adds that.
 * Every exam of the report has its own ORC and OBR, and carries the whole result: an EMR that files by OBR finds
 * the text with every body part of the request.
 */
export function renderOru(content: ReportContent, options: FormOptions): string {
  const timeZone = options.timeZone ?? defaultTimeZone;
  const segments = [
    header(content, timeZone),
    patientSegment(content),
    visitSegment(content),
    ...content.exams.flatMap((exam, at) => [
      orderSegment(content, exam, timeZone),
      requestSegment(content, exam, at + 1, timeZone),
      segment('TQ1', { 1: value('1'), 9: value(priorities[content.order.urgency] ?? 'R') }),
      ...observations(content, exam, {
        contentHash: options.contentHash,
        signedAt: timeStamp(content.signedAt, timeZone),
        timeZone,
      }),
    ]),
  ];
  return segments.map((line) => `${line}\r`).join('');
}

/**
 * The bytes for one receiver: control id, addressee and character set are set in MSH, then the text is encoded.
 * Both sets hold every character of Unicode; no byte of GB 18030 equals CR, VT or FS inside a character.
 */
export function addressOru(oru: string, address: Hl7Address): Buffer {
  const end = oru.indexOf('\r');
  const fields = oru.slice(0, end).split('|');
  // MSH-1 is the separator itself: field n stands at n - 1.
  fields[4] = value(address.receivingApplication);
  fields[5] = value(address.receivingFacility);
  fields[9] = value(address.controlId);
  fields[17] = value(address.charset);
  const charset = address.charset === 'GB 18030-2000' ? 'GB18030' : 'ISO_IR 192';
  return encodeText(fields.join('|') + oru.slice(end), charset);
}

const priorities: Record<string, string> = { emergency: 'S', urgent: 'A', routine: 'R' };
const hub = (number: string | null): Hl7 => (number ? components(number, hubName) : value(''));

function header(content: ReportContent, timeZone: string): string {
  const rest = segment('', {
    2: value(hubName),
    3: value(content.centre.facility.code),
    6: timeStamp(issuedAt(content), timeZone),
    8: components('ORU', 'R01', 'ORU_R01'),
    10: value('P'),
    11: value('2.5.1'),
    16: value('CHN'),
    17: value('UNICODE UTF-8'),
    18: components('zh', 'Chinese', 'ISO639'),
  });
  return `MSH|^~\\&${rest.slice(1)}`;
}

type Exam = ReportContent['exams'][number];
const placer = ({ order }: ReportContent): Hl7 =>
  order.placerNumber ? components(order.placerNumber, order.requestingFacility.code) : hub(order.number);

function orderSegment(content: ReportContent, exam: Exam, timeZone: string): string {
  const { order } = content;
  return segment('ORC', {
    1: value('RE'),
    2: placer(content),
    3: hub(exam.accessionNumber),
    4: hub(order.number),
    5: value(content.kind === 'preliminary' ? 'A' : 'CM'),
    9: timeStamp(order.submittedAt, timeZone),
    12: components('', order.requester),
    21: components(order.requestingFacility.name, '', '', '', '', '', '', '', '', order.requestingFacility.code),
  });
}

function requestSegment(content: ReportContent, exam: Exam, number: number, timeZone: string): string {
  const { order } = content;
  const signedAt = timeStamp(content.signedAt, timeZone);
  const day = exam.studies.find((study) => /^\d{8}$/.test(study.studyDate ?? ''))?.studyDate;
  const side = exam.laterality ? components(exam.laterality, '', localSystem) : value('');
  return segment('OBR', {
    1: value(String(number)),
    2: placer(content),
    3: hub(exam.accessionNumber),
    4: components(exam.examCode, exam.examName, localSystem),
    7: day ? value(day) : timeStamp(order.submittedAt, timeZone),
    13: value(order.history),
    16: components('', order.requester),
    18: value(exam.accessionNumber),
    22: timeStamp(issuedAt(content), timeZone),
    24: value(
      content.centre.line === 'imaging' ? (sections[exam.modality] ?? 'RAD') : serviceCodes[content.centre.line],
    ),
    25: value(resultStatus(content)),
    31: repetitions([
      components(order.diagnosisCode, order.diagnosisText, order.diagnosisCode ? 'I10' : ''),
      components('', order.purpose),
    ]),
    32: reader(content.reviewer ?? content.writer, signedAt),
    33: content.reviewer ? reader(content.writer, timeStamp(content.submittedAt, timeZone)) : value(''),
    46: repetitions([components(exam.bodyPart, exam.bodyPart, localSystem), side]),
  });
}

/** HL7 table 0074 for the modalities that it knows apart. */
const sections: Record<string, string> = { CT: 'CT', MR: 'NMR', US: 'RUS', NM: 'NMS', XA: 'RAD', MG: 'RAD' };
