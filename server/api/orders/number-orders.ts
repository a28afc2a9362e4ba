import type { Tx } from '@lianzhen/db/client.ts';
import { nextOf } from './place-store.ts';

/** For people: the facility's code, the day and a counter of that facility's day. `T0120261122-0001` */
export async function orderNumber(tx: Tx, facilityCode: string, today: string): Promise<string> {
  const day = today.replaceAll('-', '');
  const counter = await nextOf(tx, `order-${facilityCode}-${day}`);
  return `${facilityCode}${day}-${String(counter).padStart(4, '0')}`;
}

/** The same for consultations, told apart by their first letters. `HZT0120261122-0001` */
export async function consultationNumber(tx: Tx, facilityCode: string, today: string): Promise<string> {
  const day = today.replaceAll('-', '');
  const counter = await nextOf(tx, `consultation-${facilityCode}-${day}`);
  return `HZ${facilityCode}${day}-${String(counter).padStart(4, '0')}`;
}

/**
 * One accession number for each exam, in the hub's own series: the day, a counter of orders, a letter for the exam.
 * `26112200001A`; at most 16 characters, as DICOM's SH and HL7's OBR-18 take them.
 */
export async function accessionNumbers(tx: Tx, today: string, exams: number): Promise<string[]> {
  const day = today.replaceAll('-', '');
  const counter = String(await nextOf(tx, `accession-${day}`)).padStart(5, '0');
  return Array.from({ length: exams }, (_, at) => `${day.slice(2)}${counter}${String.fromCharCode(65 + at)}`);
}
