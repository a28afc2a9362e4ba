import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { i16, join, text, u8, u16 } from '@lianzhen/ecg/formats/scp/test-kit/byte-parts.ts';
import { writeScp } from '@lianzhen/ecg/formats/scp/test-kit/write-scp.ts';
import type { TracePatient } from '@lianzhen/ecg/trace.ts';
import { aecgOf, dicomOf, recordedNow } from '../factories/ecg-region.ts';
import { type Caller, logIn } from '../factories/hub-client.ts';

type Heart = Parameters<typeof recordedNow>[0];
/** Elevation over the inferior wall: what the table of critical patterns calls an infarction. */
export const infarction: Heart = { st: { II: 350, I: 20 } };

export interface OrderedEcg {
  orderId: string;
  number: string;
  accessionNumber: string;
  patient: { id: string; name: string };
  recorded: TracePatient;
}

/** Requests for an electrocardiogram of one patient of the demo region, by a doctor of the township or of the village. */
export async function ecgOrders(url: string, patientName: string, username: 'township01' | 'village01' = 'township01') {
  const doctor: Caller = await logIn(url, username);
  const { seats } = await doctor.call(hubContract.identity.session);
  const facilityId = seats[0]?.facilityId ?? '';
  const centres = await doctor.call(hubContract.facilities.centres, { facilityId, line: 'ecg' });
  const centre = centres.find(({ facility }) => facility.code === 'C01');
  const { rows } = await doctor.call(hubContract.patients.search, { q: patientName });
  const [patient] = rows;
  if (!centre || !patient) throw new Error('this hub does not hold the demo region');
  const recorded: TracePatient = {
    ...{ id: 'M-1', name: patient.name },
    sex: patient.sex === 'female' ? 'F' : 'M',
    birthDate: (patient.birthDate ?? '').replaceAll('-', ''),
  };
  const order = async (urgency: 'routine' | 'emergency'): Promise<OrderedEcg> => {
    const sent = await doctor.call(hubContract.orders.send, {
      ...{ facilityId, patientId: patient.id, centreId: centre.id, exams: [{ examCode: 'ECG-12' }], urgency },
      ...{ purpose: '胸痛待查', history: '胸闷、胸痛 2 小时', diagnosisCode: 'R07.4', diagnosisText: '胸痛' },
      consent: { signer: patient.name, relation: 'self', method: 'written', givenAt: new Date().toISOString() },
    });
    const { id: orderId, number, exams } = sent;
    return { orderId, number, accessionNumber: exams[0]?.accessionNumber ?? '', patient, recorded };
  };
  return { doctor, order };
}

export const aecgFile = ({ recorded }: OrderedEcg, heart: Heart = {}) => ({
  ...{ name: 'ecg.xml', mimeType: 'application/xml' },
  buffer: aecgOf(recordedNow(heart, recorded)),
});

/** As a cart of another make writes it, months ago; it names nobody, so that its order says whose it is. */
export function scpFile(heart: Heart = {}) {
  const trace = recordedNow(heart);
  const [recording] = trace.recordings;
  if (!recording) throw new Error('a synthetic trace has a recording');
  const measured = recording.leads.filter(({ derived }) => !derived);
  const [{ gain } = { gain: 1 }] = measured;
  const record = writeScp({
    leads: measured.map(({ code, samples }) => ({ code, samples: [...samples] })),
    multiplier: Math.round(gain * 1000),
    interval: Math.round(1_000_000 / recording.samplingFrequency),
    tags: [
      [2, text('P-1')],
      [25, join(u16(2025), u8(12, 4))],
      [26, u8(5, 6, 7)],
      [34, join(i16(480), u16(0), u8(0))],
    ],
  });
  return { name: 'ECG0001.SCP', mimeType: 'application/octet-stream', buffer: record };
}

/** As a cart that took the order from the worklist sends it. */
export const dicomFile = ({ recorded, accessionNumber }: OrderedEcg, heart: Heart = {}): Buffer =>
  dicomOf(recordedNow(heart, recorded), { accessionNumber });
