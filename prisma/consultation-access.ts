import type { Tx } from './client.ts';

/** An invited facility cares for the patient and loads what is attached, from the invitation on. Again is not an error. */
export async function openConsultationAccess(
  tx: Tx,
  consultation: { id: string; patientId: string },
  facilityIds: readonly string[],
): Promise<void> {
  const ids = [...facilityIds];
  await tx.$executeRaw`
    INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
    SELECT ${consultation.patientId}::uuid, "id", 'consultation' FROM "Facility" WHERE "id" = ANY(${ids}::uuid[])
    ON CONFLICT ("patientId", "facilityId") DO UPDATE SET "until" = NULL, "reason" = 'consultation'
    WHERE "PatientFacility"."until" IS NOT NULL`;
  await tx.$executeRaw`
    INSERT INTO "StudyGrant" ("studyId", "facilityId", "consultationId")
    SELECT s."studyId", f."id", s."consultationId" FROM "ConsultationStudy" s CROSS JOIN "Facility" f
    WHERE s."consultationId" = ${consultation.id}::uuid AND f."id" = ANY(${ids}::uuid[])
    ON CONFLICT ("studyId", "facilityId", "consultationId") DO UPDATE SET "until" = NULL`;
}

/**
 * Ends what a consultation had opened at a moment: for all invited facilities, or for one that has no part any more.
 * What ends earlier stays so. A care
 * relation that another consultation or an order still needs is left alone.
 */
export async function endConsultationAccess(
  tx: Tx,
  consultation: { id: string; patientId: string },
  until: Date,
  facilityIds?: readonly string[],
): Promise<void> {
  const only = facilityIds ? [...facilityIds] : null;
  await tx.$executeRaw`
    UPDATE "StudyGrant" SET "until" = ${until} WHERE "consultationId" = ${consultation.id}::uuid AND ("until" IS NULL OR "until" > ${until})
      AND (${only}::uuid[] IS NULL OR "facilityId" = ANY(${only}::uuid[]))`;
  await tx.$executeRaw`
    UPDATE "PatientFacility" f SET "until" = ${until}
    WHERE f."patientId" = ${consultation.patientId}::uuid AND f."reason" = 'consultation' AND (f."until" IS NULL OR f."until" > ${until})
      AND f."facilityId" IN (SELECT i."facilityId" FROM "ConsultationInvitation" i WHERE i."consultationId" = ${consultation.id}::uuid
        AND (${only}::uuid[] IS NULL OR i."facilityId" = ANY(${only}::uuid[])))
      AND NOT EXISTS (SELECT 1 FROM "OrderParty" p JOIN "Order" o ON o."id" = p."orderId"
        WHERE p."facilityId" = f."facilityId" AND o."patientId" = f."patientId")
      AND NOT EXISTS (SELECT 1 FROM "ConsultationParty" p JOIN "Consultation" c ON c."id" = p."consultationId"
        WHERE p."facilityId" = f."facilityId" AND c."patientId" = f."patientId" AND c."id" <> ${consultation.id}::uuid
          AND p."until" IS NULL AND c."closedAt" IS NULL)`;
}
