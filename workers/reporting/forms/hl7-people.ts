import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { components, type Hl7, raw, repetitions, segment, subcomponents, value } from './hl7-text.ts';
import { byStrength, hubName, patientAuthority, staffAuthority } from './identifier-systems.ts';

type Person = ReportContent['writer'];
const sexes: Record<ReportContent['patient']['sex'], string> = { male: 'M', female: 'F', unknown: 'U', unstated: 'U' };

/** PID with every number and its assigning authority, the Chinese name (I) and its pinyin (A). */
export function patientSegment({ patient }: ReportContent): string {
  const numbers = byStrength(patient.identifiers).map(({ type, issuer, value: number }) => {
    const { name, oid, type: code } = patientAuthority(type, issuer);
    return components(number, '', '', raw(subcomponents(name, oid, oid && 'ISO')), code);
  });
  const own = components(patient.id, '', '', hubName, 'PI');
  const ideographic = components(patient.name, '', '', '', '', '', 'L', 'I');
  const alphabetic = patient.namePinyin ? components(patient.namePinyin, '', '', '', '', '', 'L', 'A') : value('');
  return segment('PID', {
    1: value('1'),
    3: repetitions([...numbers, own]),
    5: repetitions([ideographic, alphabetic]),
    7: value(patient.birthDate?.replaceAll('-', '')),
    8: value(sexes[patient.sex]),
  });
}

/** PV1: the patient class is not known to the hub (U). */
export function visitSegment({ order }: ReportContent): string {
  const facility = order.requestingFacility.code;
  return segment('PV1', {
    1: value('1'),
    2: value('U'),
    3: components(order.department, '', '', facility),
    19: order.visitNumber ? components(order.visitNumber, '', '', facility, 'VN') : value(''),
  });
}

/** NDL of a reader: the number and the name are subcomponents of its first component, then the time. */
export const reader = (person: Person, at: Hl7): Hl7 =>
  components(raw(subcomponents(person.licenceNumber ?? person.id, person.name)), raw(at));

/** XCN of a doctor; the licence number is a staff number of WS/T 500. */
export function doctor(person: Person): Hl7 {
  const authority = person.licenceNumber ? raw(subcomponents(staffAuthority.name, staffAuthority.oid, 'ISO')) : hubName;
  return components(person.licenceNumber ?? person.id, person.name, '', '', '', '', '', '', authority);
}
