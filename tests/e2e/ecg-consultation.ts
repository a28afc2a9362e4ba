import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type Caller, logIn, machine } from '../factories/hub-client.ts';
import { eventually } from './browser.ts';
import type { OrderedEcg } from './ecg-recordings.ts';

/** A recorder of the township sends a recording for a request. */
export async function recordFor(url: string, { orderId }: Pick<OrderedEcg, 'orderId'>, file: Buffer): Promise<void> {
  const device = machine(url, 'demo-device-T01');
  const body = new Uint8Array(file);
  const answer = await device.fetch(`/api/ecg/traces?orderId=${orderId}`, { method: 'POST', body });
  if (answer.status !== 201)
    throw new Error(`the recording was answered with ${answer.status}: ${await answer.text()}`);
}

/**
 * The doctor asks the paired hospital's cardiologist about the electrocardiograms of a request, who accepts: the room is
 * open. @param studies how many the request has once all of it has come. @returns the consultation's id
 */
export async function openEcgRoom(
  url: string,
  doctor: Caller,
  { orderId, patient }: OrderedEcg,
  studies = 1,
): Promise<string> {
  const studyIds = await eventually(async () => {
    const { exams } = await doctor.call(hubContract.orders.read, { id: orderId });
    const found = exams.flatMap((exam) => exam.studies.map(({ id }) => id));
    return found.length >= studies ? found : undefined;
  });
  const expert = await logIn(url, 'expert02');
  const { accountId, seats } = await expert.call(hubContract.identity.session);
  const { seats: own } = await doctor.call(hubContract.identity.session);
  const { id } = await doctor.call(hubContract.consultation.send, {
    ...{ facilityId: own[0]?.facilityId ?? '', patientId: patient.id },
    ...{ specialty: 'cardiology', title: 'associate-chief', time: { kind: 'immediate' } },
    attachments: { orderIds: [orderId], studyIds },
    ...{ reason: '胸痛 2 小时', purpose: '是否急性心肌梗死，是否转院', summary: '女，68 岁。胸痛 2 小时伴大汗。' },
    invitees: [{ facilityId: seats[0]?.facilityId ?? '', expertId: accountId }],
    consent: { signer: patient.name, relation: 'self', method: 'written', givenAt: new Date().toISOString() },
  });
  const { invitations } = await expert.call(hubContract.consultation.read, { id });
  await expert.call(hubContract.consultation.accept, { id, invitationId: invitations[0]?.id ?? '' });
  return id;
}
