import { type Action, rolesMay } from '@lianzhen/contracts/access.ts';
import { type ConsultationState, consultationActs } from '@lianzhen/contracts/consultation-states.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { consultationInScope } from '@lianzhen/db/scope.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { consultationRow } from './consultation-row.ts';
import { searchConsultations } from './search-consultations.ts';
import * as store from './store.ts';

interface ListConsultations {
  page: number;
  pageSize: number;
  box: 'all' | 'sent' | 'received' | 'mine' | 'owed';
  state?: ConsultationState[] | undefined;
  patientId?: string | undefined;
  q: string;
}

/** Consultations in which one's own facilities have a part, latest first. */
export async function listConsultations({ db, clock }: Pick<Deps, 'db' | 'clock'>, ctx: Ctx, input: ListConsultations) {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  const now = clock.now();
  return db.transaction(async (tx) => {
    const box = boxOf(input.box, scope.facilityIds, person);
    const where = { AND: [consultationInScope(scope), box, await filterOf(tx, input)] };
    const chosen = input.state?.length ? { AND: [where, { state: { in: input.state } }] } : where;
    const skip = (input.page - 1) * input.pageSize;
    const { rows: found, total } = await store.page(tx, chosen, skip, input.pageSize);
    const patientIds = [...new Set(found.map(({ patientId }) => patientId))];
    await recordRead(tx, ctx, {
      action: 'consultation.consultationsListed',
      patientId: input.patientId,
      detail: { shown: found.length, total, patientIds },
    });
    return { rows: found.map((one) => consultationRow(one, person, now)), total };
  });
}

const facilitiesWhere = ({ seats }: Person, action: Action) => ({
  in: seats.filter(({ roles }) => rolesMay(roles, action)).map(({ facilityId }) => facilityId),
});

/** An invitation that nobody has answered, in whatever state the others' answers have put it; another hour; what is missing. */
function owedBy(person: Person): Prisma.ConsultationWhereInput[] {
  const { accountId } = person;
  const asking = { requestingFacilityId: facilitiesWhere(person, 'consultation:request') };
  const invited = {
    facilityId: facilitiesWhere(person, 'consultation:answer'),
    state: { in: ['waiting', 'supplement-asked'] },
  };
  return [
    {
      // Once the session is over, an answer helps nobody.
      state: { in: consultationActs.accept.from.filter((state) => state !== 'opinion-due') },
      invitations: { some: { ...invited, OR: [{ expertId: accountId }, { expertId: null }] } },
    },
    { ...asking, state: 'supplement-asked' },
    {
      ...asking,
      state: { in: [...consultationActs['agree-time'].from] },
      invitations: { some: { state: 'time-proposed' } },
    },
  ];
}

/** mine: those that wait for this person, and those that he has accepted or asked for. */
function boxOf(box: ListConsultations['box'], facilityIds: string[], person: Person): Prisma.ConsultationWhereInput {
  const { accountId } = person;
  const own = { in: facilityIds };
  if (box === 'sent') return { requestingFacilityId: own };
  if (box === 'received') return { invitations: { some: { facilityId: own } } };
  if (box === 'all') return {};
  if (box === 'owed') return { OR: owedBy(person) };
  const asked = { facilityId: own, state: { in: ['waiting', 'time-proposed', 'supplement-asked'] } };
  return {
    OR: [
      { requesterId: accountId },
      { invitations: { some: { answeredById: accountId } } },
      { invitations: { some: { ...asked, OR: [{ expertId: accountId }, { expertId: null }] } } },
    ],
  };
}

async function filterOf(tx: Tx, { patientId, q }: ListConsultations): Promise<Prisma.ConsultationWhereInput> {
  const text = q.trim();
  return { ...(patientId ? { patientId } : {}), ...(text ? { AND: [await searchConsultations(tx, text)] } : {}) };
}
