import type { Prisma } from '@lianzhen/db/client.ts';
import { accessionSystem, orderSystem, placerSystemOf } from './code-systems.ts';

/** A token search for a number of an order: `system|value`, or the value alone. */
export interface NumberToken {
  system?: string;
  value: string;
}

/** The exams that are known by a number: the sender's, the accession number, or the hub's own. With a system, only by that one. */
export const examWithNumber = (token: NumberToken): Prisma.OrderExamWhereInput => ({
  OR: [...ofOrder(token).map((order) => ({ order })), ...ofExam(token)],
});
/** The orders that are known by it, and the numbers of consultations that it can be: those are the hub's own. */
export const subjectWithNumber = (token: NumberToken) => ({
  order: {
    OR: [...ofOrder(token), ...ofExam(token).map((exam) => ({ exams: { some: exam } }))],
  } satisfies Prisma.OrderWhereInput,
  consultations: token.system === undefined || token.system === orderSystem ? [token.value] : [],
});

function ofOrder({ system, value }: NumberToken): Prisma.OrderWhereInput[] {
  if (system === undefined) return [{ placerNumber: value }, { number: value }];
  if (system === accessionSystem) return [];
  if (system === orderSystem) return [{ number: value }];
  const unnamed = placerSystemOf('');
  const isOwn = system.startsWith(unnamed);
  const facility = { requestingFacility: { code: system.slice(unnamed.length) }, placerSystem: null };
  return [{ placerNumber: value, OR: [{ placerSystem: system }, ...(isOwn ? [facility] : [])] }];
}

const ofExam = ({ system, value }: NumberToken): Prisma.OrderExamWhereInput[] =>
  system === undefined || system === accessionSystem ? [{ accessionNumber: value }] : [];
