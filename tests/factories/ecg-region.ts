import type { Db } from '@lianzhen/db/client.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { completeTrace } from '@lianzhen/ecg/complete-leads.ts';
import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { writeAecg } from '@lianzhen/ecg/formats/xml/test-kit/write-aecg.ts';
import { type SyntheticOptions, syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { Trace, TracePatient } from '@lianzhen/ecg/trace.ts';
import { sendOrder } from '../../server/api/orders/send-order.ts';
import { orderBody } from './asking.ts';
import { ctxFor } from './callers.ts';
import type { EcgEdge } from './ecg-edge.ts';
import { givenIn } from './region.ts';

/** The region of the other lines, with an ECG centre at the county, two who read there, and a cardiologist at the paired hospital. */
export async function ecgRegion(database: { readonly db: Db }) {
  const given = givenIn(database);
  const region = await given.region();
  const { county, township, village, paired, stranger } = region;
  const ecgCentre = await database.db.centre.create({
    data: { facilityId: county.id, line: 'ecg', name: '区域心电诊断中心' },
  });
  const lines = ['imaging', 'ecg', 'consultation'] as const;
  await given.agreement({ from: township, to: county, lines: [...lines] });
  await given.agreement({ from: village, to: county, lines: ['ecg'] });
  await given.agreement({ from: county, to: paired, kind: 'pairing', lines: ['consultation'] });
  const reader = await given.account({
    ...{ facility: county, roles: ['reader'], title: 'resident', name: '孙心电' },
    centreIds: [ecgCentre.id],
  });
  const senior = await given.account({
    ...{ facility: county, roles: ['reader', 'senior-reader'], title: 'associate-chief', name: '吴心电' },
    centreIds: [ecgCentre.id],
  });
  const cardiologist = await given.account({ facility: paired, roles: ['expert'], title: 'chief', name: '何心内' });
  await database.db.expertProfile.create({
    data: { accountId: cardiologist.accountId, facilityId: paired.id, specialty: 'cardiology' },
  });
  await given.centre(stranger, 'ecg');
  const strangerReader = await given.account({
    ...{ facility: stranger, roles: ['reader', 'senior-reader'], title: 'chief', name: '外心电' },
  });
  const ecgExam = await given.exam({ line: 'ecg', name: '十二导联心电图', modality: 'ECG', bodyPart: 'HEART' });
  return { ...region, ecgCentre, reader, senior, cardiologist, strangerReader, ecgExam };
}
export type EcgRegion = Awaited<ReturnType<typeof ecgRegion>>;

/** A request of the township's doctor for a 12-lead electrocardiogram. */
export async function orderedEcg(database: { readonly db: Db }, edge: EcgEdge, region: EcgRegion, exams = 1) {
  const order = await sendOrder(
    edge.deps(),
    ctxFor(region.doctor),
    orderBody(region, {
      centreId: region.ecgCentre.id,
      exams: Array.from({ length: exams }, () => ({ examCode: region.ecgExam.code, laterality: null })),
      purpose: '胸痛待查',
    }),
  );
  const exam = await database.db.orderExam.findFirstOrThrow({ where: { orderId: order.id } });
  return { order, exam };
}

/** The region's patient as his recorder writes him. */
export const recordedPerson: TracePatient = { id: 'M-of-the-recorder', name: '张^三', sex: 'M', birthDate: '19600501' };

let recordings = 0;
/** A recording of the region's patient; every call is another one. */
export function recordedNow(options: SyntheticOptions = {}, patient: TracePatient = recordedPerson): Trace {
  recordings += 1;
  const trace = syntheticTrace({ ...options, heartRate: (options.heartRate ?? 72) + recordings / 1000 });
  return { ...trace, patient, device: { ...trace.device, serialNumber: String(recordings) } };
}

/** With an inferior infarction, which every list of critical patterns names. */
export const infarction = (patient: TracePatient = recordedPerson): Trace =>
  recordedNow({ st: { II: 350, I: 20 } }, patient);

export const aecgOf = (trace: Trace): Buffer => Buffer.from(writeAecg({ ...trace, format: 'hl7-aecg' }));

/** As a recorder that speaks DICOM sends it. */
export function dicomOf(trace: Trace, more: { accessionNumber?: string; studyInstanceUid?: string } = {}): Buffer {
  recordings += 1;
  const uid = (what: string) => uidFrom(`recording ${recordings} ${what}`);
  const { patient } = trace;
  return writeWaveform(completeTrace(trace), {
    sopInstanceUid: uid('instance'),
    seriesInstanceUid: uid('series'),
    studyInstanceUid: more.studyInstanceUid ?? uid('study'),
    accessionNumber: more.accessionNumber ?? null,
    patient: {
      id: patient.id ?? '',
      issuer: null,
      name: patient.name ?? '',
      sex: patient.sex,
      birthDate: patient.birthDate,
    },
    now: new Date('2026-11-22T01:00:00Z'),
  });
}
