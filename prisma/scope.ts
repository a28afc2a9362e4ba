import type { Prisma } from './client.ts';

/**
 * The facilities that an actor may see. Every read of a store takes one, so that a forgotten filter does not compile.
 * Only these functions make one.
 */
export interface FacilityScope {
  readonly facilityIds: string[];
  /** The person who asks. A machine has no desk, and nothing lies on it. */
  readonly accountId?: string;
  /** Of the facilities the ones where he does this as a reader only: there he sees what the centres got that he works for. */
  readonly readerAt: readonly string[];
  /** A case that the present act was let in to: his hold may end with the act, its answer must not. */
  readonly admittedTo?: string;
  readonly [granted]: true;
}
declare const granted: unique symbol;

const scopeOf = (parts: Omit<FacilityScope, typeof granted>): FacilityScope => parts as unknown as FacilityScope;

/** What a machine may see, or somebody who looks from outside: the facilities where it holds a role. */
export const scopeOfFacilities = (facilityIds: readonly string[]): FacilityScope =>
  scopeOf({ facilityIds: [...new Set(facilityIds)], readerAt: [] });

/** What a person may see. @param readerAt of these facilities the ones where only a reader's role lets him */
export const scopeOfPerson = (
  accountId: string,
  facilityIds: readonly string[],
  readerAt: readonly string[],
): FacilityScope => scopeOf({ facilityIds: [...new Set(facilityIds)], accountId, readerAt: [...new Set(readerAt)] });

/** The same, for the rest of an act that was let in to a case. */
export const admittedTo = (scope: FacilityScope, caseId: string): FacilityScope => ({ ...scope, admittedTo: caseId });

const workedForBy = (accountId: string) => ({ members: { some: { accountId } } });
const heldBy = (accountId: string) => ({ accountId, expiresAt: { gt: new Date() } });

/** A desk has the cases of the centres that its person works for, and one that he still holds though he has moved on. */
export const caseAtDesk = ({ facilityIds, accountId, admittedTo: id }: FacilityScope) => ({
  centre: { facilityId: { in: facilityIds } },
  OR: [
    ...(accountId ? [{ centre: workedForBy(accountId) }, { lease: heldBy(accountId) }] : []),
    // Never an empty list: to Prisma an empty OR within an AND is no condition at all.
    { id: { in: id ? [id] : [] } },
  ],
});

/** An order, its case and its report are seen by the facilities that have a part in it; by a reader where he reads it. */
export function orderInScope(scope: FacilityScope): Prisma.OrderWhereInput {
  const { facilityIds, readerAt } = scope;
  const partOf = (ids: readonly string[]) => ({ parties: { some: { facilityId: { in: [...ids] } } } });
  if (readerAt.length === 0) return partOf(facilityIds);
  const asReader = { ...partOf(readerAt), AND: [{ OR: readBy(scope) }] };
  const others = othersOf(scope);
  return others.length === 0 ? asReader : { OR: [partOf(others), asReader] };
}

/** What a house asked another for, its readers see; what it reads itself, whoever works for that centre. */
const readBy = ({ readerAt, accountId = '', admittedTo: id }: FacilityScope): Prisma.OrderWhereInput[] => [
  { centre: { facilityId: { notIn: [...readerAt] } } },
  { centre: workedForBy(accountId) },
  { case: { lease: heldBy(accountId) } },
  ...(id ? [{ case: { id } }] : []),
];

/** The facilities of a scope in which somebody is more than a reader. */
export const othersOf = ({ facilityIds, readerAt }: FacilityScope): string[] =>
  facilityIds.filter((id) => !readerAt.includes(id));

const notEnded = () => ({ OR: [{ until: null }, { until: { gt: new Date() } }] });

/**
 * A consultation and its opinion are seen by the facilities that have a part in it; one whose experts all declined has none
 * any more. A reader sees it only where he reads what is attached, where his house was invited, or where he asked: who
 * reads a house's specimens has no part in its images.
 */
export function consultationInScope(scope: FacilityScope): Prisma.ConsultationWhereInput {
  const { facilityIds, readerAt, accountId = '' } = scope;
  const partOf = (ids: readonly string[]) => ({ parties: { some: { facilityId: { in: [...ids] }, ...notEnded() } } });
  if (readerAt.length === 0) return partOf(facilityIds);
  const asReader: Prisma.ConsultationWhereInput[] = [
    { requesterId: accountId },
    { invitations: { some: { facilityId: { in: [...readerAt] } } } },
    { orders: { none: {} } },
    { orders: { some: { order: orderInScope(scope) } } },
  ];
  return { AND: [partOf(facilityIds), { OR: [partOf(othersOf(scope)), ...asReader] }] };
}

/** A signed version is seen by the parties of what it was signed for, and where a consultation that is open has it attached. */
export const versionInScope = (scope: FacilityScope) => ({
  OR: [
    { report: { case: { order: orderInScope(scope) } } },
    { report: { consultation: consultationInScope(scope) } },
    { consultations: { some: { consultation: consultationInScope(scope) } } },
  ],
});

/** A patient is seen by facilities with a care relation that has not ended. */
export const patientInScope = (scope: FacilityScope) => ({
  facilities: { some: { facilityId: { in: scope.facilityIds }, ...notEnded() } },
});

/** Of a study that holds electrocardiograms and nothing else: PS3.3 C.7.3.1.1.1. */
export const electrocardiogram: readonly string[] = ['ECG'];

/**
 * A study is seen, and handled, where it came from and by the parties of the order it belongs to. A reader sees those of
 * the orders he reads; what comes from the machines of his own house, whoever ordered it, is the imaging centre's; of that
 * the electrocardiograms that nobody has ordered are the ECG centre's too.
 */
export const studyInScope = (scope: FacilityScope): { OR: Prisma.StudyWhereInput[] } => {
  const { readerAt, accountId = '' } = scope;
  const at = (line: string) => ({
    facilityId: { in: [...readerAt] },
    facility: { centres: { some: { line, ...workedForBy(accountId) } } },
  });
  const unordered = { orderExamId: null, modalities: { equals: [...electrocardiogram] } };
  return {
    OR: [
      { facilityId: { in: othersOf(scope) } },
      ...(readerAt.length > 0 ? [at('imaging'), { ...at('ecg'), ...unordered }] : []),
      { orderExam: { order: orderInScope(scope) } },
    ],
  };
};

/** Of a person: what a consultation shows to his facility for a while is there to be looked at, and for nothing else. */
export interface ReadingScope extends FacilityScope {
  readonly throughConsultations: boolean;
}
export const studyReadable = (scope: ReadingScope) => {
  const { OR } = studyInScope(scope);
  if (!scope.throughConsultations) return { OR };
  const open = { facilityId: { in: scope.facilityIds }, ...notEnded() };
  return { OR: [...OR, { grants: { some: open } }] };
};
