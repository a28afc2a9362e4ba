import { HubError } from '@lianzhen/contracts/errors.ts';
import type { MessageHeader } from '../mllp/message-header.ts';
import type { Segment } from '../mllp/segments.ts';
import { consentPlaces, hl7Consent } from './hl7-consent.ts';
import { type OrderGroup, type OrderMessage, segmentFor } from './hl7-groups.ts';
import { hl7Patient } from './hl7-patient.ts';
import type { Places } from './named-fields.ts';
import type { UncheckedOrder } from './system-order.ts';

/** HL7 table 0485, and what older systems write in ORC-7, OBR-27 and OBR-5. */
const urgencies: Record<string, string> = {
  S: 'emergency',
  STAT: 'emergency',
  A: 'urgent',
  R: 'routine',
  '': 'routine',
};
const sides: Record<string, string> = {
  ...{ LEFT: 'left', L: 'left', LT: 'left', RIGHT: 'right', R: 'right', RT: 'right' },
  ...{ BOTH: 'both', B: 'both', '50': 'both' },
};

/** ORC-2, or OBR-2 where it stands only there. */
export function placerOf({ orc, obrs }: OrderGroup): string {
  const numbers = [orc.text(2), ...obrs.map((obr) => obr.text(2))].filter((number) => number !== '');
  if (new Set(numbers).size > 1)
    throw new HubError('bad-input', {
      fields: [{ field: `OBR[${obrs[0]?.nth ?? 1}]-2`, expected: 'the number of ORC-2' }],
    });
  return numbers[0] ?? '';
}

/** A new order as its group says it, and where each part of it stands. */
export function hl7Order(
  header: MessageHeader,
  message: OrderMessage,
  group: OrderGroup,
  timeZone: string,
): { order: UncheckedOrder; places: Places } {
  const { orc, obrs } = group;
  const [obr] = obrs;
  if (!obr) throw new HubError('malformed-request', { fields: [{ field: 'OBR', expected: 'an OBR after its ORC' }] });
  const patient = hl7Patient(message.patient);
  const con = segmentFor(message, group, 'CON');
  const { diagnosis, purpose } = reasonsOf(message, group, obr);
  const centre = header.receivingFacility.split(header.encoding[0] ?? '^')[0]?.trim() ?? '';
  const order: UncheckedOrder = {
    placerNumber: placerOf(group),
    patient,
    exams: obrs.map((one) => ({ examCode: examOf(one), laterality: sideOf(one) })),
    urgency: urgencyOf(message, group, obr),
    purpose,
    history: historyOf(group),
    ...diagnosis,
    department: orc.text(17, 2) || orc.text(17) || message.visit?.text(3) || undefined,
    visitNumber: message.visit?.text(19) || undefined,
    centreCode: ['', 'LIANZHEN'].includes(centre) ? undefined : centre,
    consent: hl7Consent(con, patient?.name, timeZone),
  };
  return { order, places: { ...placesOf(group), ...consentPlaces(con) } };
}

/** The hub's code, which may stand as the alternate one. */
const examOf = (obr: Segment): string => (obr.text(4, 6) === '99LIANZHEN' ? obr.text(4, 4) : obr.text(4));

/** OBR-45 (LT, RT, 50) or a repetition of OBR-46. What is neither is the body part. */
function sideOf(obr: Segment): string | null {
  const said = [45, 46].flatMap((field) =>
    Array.from({ length: obr.count(field) }, (_, at) => obr.text(field, 1, at + 1).toUpperCase()),
  );
  return said.map((code) => sides[code]).find((side) => side !== undefined) ?? null;
}

function urgencyOf(message: OrderMessage, group: OrderGroup, obr: Segment): string {
  const said = [segmentFor(message, group, 'TQ1')?.text(9), group.orc.text(7, 6), obr.text(27, 6), obr.text(5)];
  const code = said.find((one) => one !== undefined && one !== '') ?? '';
  return urgencies[code.toUpperCase()] ?? code;
}

/** DG1, else the coded reason of OBR-31; what OBR-31 says without a code of ICD-10 is the purpose. */
function reasonsOf(message: OrderMessage, group: OrderGroup, obr: Segment) {
  const reasons = Array.from({ length: obr.count(31) }, (_, at) => [1, 2, 3].map((part) => obr.text(31, part, at + 1)));
  const coded = reasons.find(([code, , system = '']) => code && /^(I10|ICD-?10)/i.test(system));
  const dg1 = segmentFor(message, group, 'DG1');
  const diagnosis = dg1
    ? { diagnosisCode: dg1.text(3), diagnosisText: dg1.text(3, 2) || dg1.text(4) }
    : { diagnosisCode: coded?.[0] ?? '', diagnosisText: coded?.[1] ?? '' };
  const purposes = reasons.filter((reason) => reason !== coded).map(([code, text]) => text || code);
  return { diagnosis, purpose: purposes.filter(Boolean).join('\n') };
}

/** OBR-13, NTE and OBX, in the order in which they came. */
function historyOf({ obrs, others }: OrderGroup): string {
  const lines = [
    ...obrs.flatMap((obr) => obr.lines(13)),
    ...others.flatMap((segment) => {
      if (segment.name === 'NTE') return segment.lines(3);
      return segment.name === 'OBX' ? [observationOf(segment)] : [];
    }),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function observationOf(obx: Segment): string {
  const type = obx.text(2).toUpperCase();
  // Silence would lose what the reader should see.
  if (['ED', 'RP'].includes(type))
    throw new HubError('bad-input', {
      fields: [{ field: `OBX[${obx.nth}]-2`, expected: 'a value in words or figures' }],
    });
  const isCoded = ['CE', 'CWE', 'CNE'].includes(type);
  const value = isCoded ? obx.text(5, 2) || obx.text(5) : obx.lines(5).join('\n');
  const name = obx.text(3, 2) || obx.text(3);
  return value === '' ? '' : `${name ? `${name}：` : ''}${value}${obx.text(6) ? ` ${obx.text(6)}` : ''}`;
}

function placesOf({ orc, obrs }: OrderGroup): Record<string, string> {
  const at = `OBR[${obrs[0]?.nth ?? 1}]`;
  const ofExams = obrs.flatMap((obr, index) => [
    [`exams.${index}`, `OBR[${obr.nth}]-4`],
    [`exams.${index}.laterality`, `OBR[${obr.nth}]-46`],
  ]);
  return {
    ...{ placerNumber: `ORC[${orc.nth}]-2`, exams: `${at}-4`, urgency: 'TQ1-9', purpose: `${at}-31` },
    ...{ history: `${at}-13`, diagnosisCode: 'DG1-3', diagnosisText: 'DG1-4', department: `ORC[${orc.nth}]-17` },
    ...{ visitNumber: 'PV1-19', centreCode: 'MSH-6', centreId: 'MSH-6', facilityId: 'MSH-4' },
    ...{ patient: 'PID', patientId: 'PID-3', 'patient.identifiers': 'PID-3', 'patient.name': 'PID-5' },
    ...{ 'patient.birthDate': 'PID-7', 'patient.sex': 'PID-8', 'patient.address': 'PID-11', 'patient.phone': 'PID-13' },
    ...Object.fromEntries(ofExams),
  };
}
