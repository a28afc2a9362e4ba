-- A version that was signed under a wrong patient goes out again with the right one, in rows of its own.
CREATE TABLE "IdentityCorrection" (
    "versionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "patient" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "correctedById" UUID,
    "correctedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdentityCorrection_pkey" PRIMARY KEY ("versionId", "number")
);
ALTER TABLE "IdentityCorrection" ADD CONSTRAINT "IdentityCorrection_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ReportVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER identity_correction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "IdentityCorrection"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "Document" ADD COLUMN "correction" INTEGER NOT NULL DEFAULT 0;
DROP INDEX "Document_versionId_form_key";
CREATE UNIQUE INDEX "Document_versionId_form_correction_key" ON "Document"("versionId", "form", "correction");

ALTER TABLE "Delivery" ADD COLUMN "correction" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "isOutdated" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "Delivery_versionId_destinationId_key";
CREATE UNIQUE INDEX "Delivery_versionId_destinationId_correction_key" ON "Delivery"("versionId", "destinationId", "correction");

-- What was not sent because a newer version took its place has not failed.
UPDATE "Delivery" SET "state" = 'superseded' WHERE "state" = 'failed' AND "answer" LIKE '%superseded by version%';
