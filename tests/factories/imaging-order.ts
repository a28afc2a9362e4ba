import type { Db } from '@lianzhen/db/client.ts';
import { askedFor, deskDeps } from './asking.ts';
import { type SyntheticStudy, syntheticStudy } from './dicom.ts';
import type { SyntheticPatient } from './dicom-attributes.ts';
import type { ImagingEdge } from './imaging-edge.ts';
import type { Region } from './region.ts';

/** The region's patient as a machine that took him from the worklist writes him. */
export const samePerson: SyntheticPatient = {
  name: { Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' },
  id: 'M-of-the-machine',
  birthDate: '19600501',
  sex: 'M',
};

/** An order of the township's doctor, with the exam that waits for images. */
export async function orderedExam(database: { readonly db: Db }, edge: ImagingEdge, region: Region) {
  const order = await askedFor(deskDeps(database, edge.clock), region);
  const exam = await database.db.orderExam.findFirstOrThrow({ where: { orderId: order.id } });
  return { order, exam };
}

let seed = 5000;

/** Images of the region's patient, made now; every call is another study. */
export const imagesFor = (accessionNumber: string, more: Partial<SyntheticStudy> = {}) =>
  syntheticStudy({
    modality: 'DX',
    instances: 2,
    rows: 16,
    columns: 16,
    seed: ++seed,
    accessionNumber,
    patient: samePerson,
    ...more,
  });
