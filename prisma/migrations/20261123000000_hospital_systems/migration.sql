-- Orders from hospital systems: who may send HL7 v2, what was taken, and how a repeat is told from a conflict.

ALTER TABLE "Order" ADD COLUMN "placerSystem" TEXT, ADD COLUMN "placerDigest" TEXT;

CREATE TABLE "Hl7Sender" (
    "id" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "application" TEXT NOT NULL,
    "sendingFacility" TEXT NOT NULL,
    "addresses" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3),
    CONSTRAINT "Hl7Sender_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Hl7Sender_application_sendingFacility_key" ON "Hl7Sender"("application", "sendingFacility");
ALTER TABLE "Hl7Sender" ADD CONSTRAINT "Hl7Sender_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "Hl7Receipt" (
    "senderId" UUID NOT NULL,
    "controlId" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "Hl7Receipt_pkey" PRIMARY KEY ("senderId", "controlId")
);
