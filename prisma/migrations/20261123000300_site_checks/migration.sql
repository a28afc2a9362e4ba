-- Site checks: what a clinic measured before its first live session.

CREATE TABLE "SiteCheck" (
    "id" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "measured" JSONB NOT NULL,
    CONSTRAINT "SiteCheck_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "SiteCheck_facilityId_at_idx" ON "SiteCheck"("facilityId", "at" DESC);
ALTER TABLE "SiteCheck" ADD CONSTRAINT "SiteCheck_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
