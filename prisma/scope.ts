/**
 * The facilities that an actor may see. Every read of a store takes one, so that a forgotten filter does not compile.
 * Only these functions make one.
 */
export interface FacilityScope {
  readonly facilityIds: string[];
  readonly [granted]: true;
}
declare const granted: unique symbol;

const scopeOf = (facilityIds: string[]): FacilityScope => ({ facilityIds }) as unknown as FacilityScope;

/** What a person or machine may see: the facilities where it holds a role. */
export const scopeOfFacilities = (facilityIds: readonly string[]): FacilityScope => scopeOf([...new Set(facilityIds)]);

/** An order, its case and its report are seen by the facilities that have a part in it. */
export const orderInScope = (scope: FacilityScope) => ({
  parties: { some: { facilityId: { in: scope.facilityIds } } },
});

/** A consultation is seen by the facilities that have a part in it; one whose experts all declined has none any more. */
export const consultationInScope = (scope: FacilityScope) => ({
  parties: { some: { facilityId: { in: scope.facilityIds }, OR: [{ until: null }, { until: { gt: new Date() } }] } },
});

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
  facilities: { some: { facilityId: { in: scope.facilityIds }, OR: [{ until: null }, { until: { gt: new Date() } }] } },
});

/** A study is seen where it came from, by the parties of its order, and for a while where it was attached to a consultation. */
export const studyInScope = (scope: FacilityScope) => ({
  OR: [
    { facilityId: { in: scope.facilityIds } },
    { orderExam: { order: orderInScope(scope) } },
    {
      grants: { some: { facilityId: { in: scope.facilityIds }, OR: [{ until: null }, { until: { gt: new Date() } }] } },
    },
  ],
});
