import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type Caller, logIn } from './hub-client.ts';
import type { Line } from './line.ts';

const { consultation, orders } = hubContract;

/** A consultation that the township has asked for, of one of the paired hospital's radiologists, with who is to meet. */
export interface AskedConsultation {
  id: string;
  line: Line;
  doctor: Caller;
  expert: Caller;
}

/** Asked for over the same routes as the pages. @param orderId whose images and reports are attached */
export async function askConsultation(line: Line, orderId?: string): Promise<AskedConsultation> {
  const { doctor, townshipId: facilityId } = line;
  const expert = await logIn(line.url, 'expert01');
  const { accountId } = await expert.call(hubContract.identity.session);
  const exams = orderId === undefined ? [] : (await doctor.call(orders.read, { id: orderId })).exams;
  const sought = { specialty: 'radiology', title: 'associate-chief' } as const;
  const found = await doctor.call(consultation.experts, { facilityId, ...sought });
  const invited = found.find((one) => one.accountId === accountId);
  if (!invited) throw new Error('this hub does not hold the demo region');
  const { id } = await doctor.call(consultation.send, {
    ...{ facilityId, patientId: line.patient.id, ...sought },
    attachments: {
      orderIds: orderId === undefined ? [] : [orderId],
      studyIds: exams.flatMap(({ studies }) => studies.map((study) => study.id)),
    },
    ...{ reason: '发热咳嗽三天，右肺结节性质待定', purpose: '结节的性质，是否需要进一步检查' },
    summary: '女，68 岁。咳嗽三天伴低热，CT 示右肺上叶结节，无咯血。',
    time: { kind: 'immediate' },
    invitees: [{ facilityId: invited.facility.id, expertId: accountId }],
    consent: {
      ...{ signer: line.patient.name, relation: 'self', method: 'written' },
      givenAt: new Date().toISOString(),
    },
  });
  return { id, line, doctor, expert };
}

/** The expert takes it: the room is open. */
export async function acceptConsultation({ id, expert }: Pick<AskedConsultation, 'id' | 'expert'>): Promise<void> {
  const { invitations } = await expert.call(consultation.read, { id });
  await expert.call(consultation.accept, { id, invitationId: invitations[0]?.id ?? '' });
}
