import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { type AttachableExam, PersonName } from '@lianzhen/contracts/imaging.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { searchOrders } from '../orders/search-orders.ts';
import { ofNamed } from '../patients/find-named.ts';
import * as store from './attach-store.ts';
import { differencesWith, type HeaderSays } from './header-differences.ts';
import { read } from './study-store.ts';

/** As many as one looks through; who does not find it there searches. */
const mostShown = 20;

/**
 * Where a study that no one ordered may belong: exams of open requests for whose images one's house answers, those first
 * whose patient has the header's name or number, then the latest.
 * @throws `not-found` where the study is not one's own
 */
export async function attachableExams(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { id: string; q: string },
): Promise<{ rows: AttachableExam[]; hasMore: boolean }> {
  const scope = requireAccess(ctx, 'study:attach');
  return db.transaction(async (tx) => {
    const study = await read(tx, scope, input.id);
    const q = input.q.trim();
    const wanted = q === '' ? {} : await searchOrders(tx, q);
    const likely = await store.openExams(tx, scope, { AND: [wanted, await meantBy(tx, study)] }, mostShown + 1);
    const seen = likely.map(({ id }) => id);
    const others = await store.openExams(tx, scope, wanted, mostShown + 1 - likely.length, seen);
    const found = [...likely, ...others];
    const shown = found.slice(0, mostShown);
    const differences = await differencesWith(
      tx,
      study,
      shown.map(({ order }) => order.patient),
    );
    const rows = shown.map((exam) => rowOf(exam, differences.get(exam.order.patient.id) ?? []));
    await recordRead(tx, ctx, {
      action: 'orders.ordersListed',
      objectType: 'study',
      objectId: study.id,
      detail: { shown: rows.length },
    });
    return { rows, hasMore: found.length > mostShown };
  });
}

/** Requests of whoever has the header's number, or a name that is written or spelled like the header's. */
async function meantBy(tx: Tx, study: HeaderSays): Promise<Prisma.OrderWhereInput> {
  const { Ideographic, Alphabetic } = PersonName.nullable().parse(study.headerName) ?? {};
  const name = (Ideographic ?? Alphabetic ?? '').replace(/[\s^]/g, '');
  const number = study.headerPatientId?.trim() ?? '';
  return {
    OR: [
      ...(name === '' ? [] : [await ofNamed(tx, name)]),
      { patient: { identifiers: { some: { value: { in: number === '' ? [] : [number] } } } } },
    ],
  };
}

const rowOf = (
  { id, examName, accessionNumber, state, order }: store.OpenExam,
  differences: AttachableExam['differences'],
): AttachableExam => ({
  id,
  examName,
  accessionNumber,
  hasImages: state === 'acquired',
  order: {
    id: order.id,
    number: order.number,
    facilityName: order.requestingFacility.name,
    submittedAt: order.submittedAt.toISOString(),
  },
  patient: {
    name: order.patient.name,
    sex: order.patient.sex,
    birthDate: order.patient.birthDate?.toISOString().slice(0, 10) ?? null,
    identifiers: order.patient.identifiers.map(({ value }) => maskIdentifier(value)),
  },
  differences,
});
