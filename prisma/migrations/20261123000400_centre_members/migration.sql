-- Whose queue a reader works on. Until now that was every centre of his facility, and so it stays for whoever reads
-- already: an admin narrows it. A new reader is given his centres by name.

CREATE TABLE "CentreMember" (
    "accountId" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "CentreMember_pkey" PRIMARY KEY ("accountId", "centreId")
);
CREATE INDEX "CentreMember_centreId_idx" ON "CentreMember"("centreId");
ALTER TABLE "CentreMember" ADD CONSTRAINT "CentreMember_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CentreMember" ADD CONSTRAINT "CentreMember_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "CentreMember" ("accountId", "centreId")
SELECT DISTINCT r."accountId", c."id" FROM "AccountRole" r JOIN "Centre" c ON c."facilityId" = r."facilityId"
WHERE r."role" IN ('reader', 'senior-reader');
