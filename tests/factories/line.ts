import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type SyntheticInstance, type SyntheticStudy, syntheticStudy } from './dicom.ts';
import { type Caller, logIn } from './hub-client.ts';

/** The people of the demo region on the main line, logged in, and what an order of theirs says. */
export interface Line {
  url: string;
  doctor: Caller;
  technician: Caller;
  reader: Caller;
  reviewer: Caller;
  /** Of the county hospital. */
  admin: Caller;
  auditor: Caller;
  townshipId: string;
  countyId: string;
  centreId: string;
  patient: { id: string; name: string; sex: string; birthDate: string | null };
}

/** An exam of the demo region's catalogue whose images are CT slices. */
const examCode = 'CT-CHEST';

/** Logs everybody in. The patient is one of the demo region, from the village, so that a result has three receivers. */
export async function openLine(url: string): Promise<Line> {
  const names = ['township01', 'tech01', 'radiologist01', 'radiologist02', 'countyadmin01', 'auditor01'] as const;
  const [doctor, technician, reader, reviewer, admin, auditor] = (await Promise.all(
    names.map((name) => logIn(url, name)),
  )) as [Caller, Caller, Caller, Caller, Caller, Caller];
  const townshipId = await facilityOf(doctor);
  const centres = await doctor.call(hubContract.facilities.centres, { facilityId: townshipId, line: 'imaging' });
  const centre = centres.find(({ facility, missing }) => facility.code === 'C01' && missing === null);
  const { rows } = await doctor.call(hubContract.patients.search, { q: '张桂芳' });
  const [patient] = rows;
  if (!centre || !patient) throw new Error('this hub does not hold the demo region');
  return {
    ...{ url, doctor, technician, reader, reviewer, admin, auditor },
    ...{ townshipId, countyId: centre.facility.id, centreId: centre.id, patient },
  };
}

async function facilityOf(caller: Caller): Promise<string> {
  const { seats } = await caller.call(hubContract.identity.session);
  return seats[0]?.facilityId ?? '';
}

/** A request that may go out as it is. */
export const orderOf = (line: Line) => ({
  facilityId: line.townshipId,
  patientId: line.patient.id,
  centreId: line.centreId,
  exams: [{ examCode }],
  urgency: 'routine' as const,
  purpose: '排除肺炎',
  history: '咳嗽三天，发热',
  diagnosisCode: 'R05',
  diagnosisText: '咳嗽',
  consent: {
    signer: line.patient.name,
    relation: 'self' as const,
    method: 'written' as const,
    givenAt: new Date().toISOString(),
  },
});

/** What the township's machine makes of an exam: slices with the order's accession number and the patient's name. */
export function imagesOf(
  { patient }: Line,
  accessionNumber: string,
  options: { instances: number; rows?: number; seed: number } & Pick<SyntheticStudy, 'studyInstanceUid' | 'attributes'>,
): SyntheticInstance[] {
  const { rows = 128, ...study } = options;
  return syntheticStudy({
    modality: 'CT',
    ...{ ...study, rows, columns: rows, accessionNumber },
    patient: {
      name: { Alphabetic: 'Zhang^Guifang', Ideographic: `${patient.name[0]}^${patient.name.slice(1)}` },
      id: 'M0001',
      birthDate: (patient.birthDate ?? '').replaceAll('-', ''),
      sex: patient.sex === 'female' ? 'F' : 'M',
    },
  });
}

/** What a reader writes. */
export const findings = (text: string) => ({
  findings: `双肺纹理清晰，未见实变影。${text}`,
  impression: '胸部 CT 平扫未见明显异常。',
  advice: '必要时复查。',
  positive: false,
  critical: false,
});
