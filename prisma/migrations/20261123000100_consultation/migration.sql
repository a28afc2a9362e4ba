-- Live consultations: requests, their invitations and what was attached; guests; the experts' directory. A report belongs to a
-- case or to a consultation.

ALTER TABLE "Report" ADD COLUMN     "consultationId" UUID,
ALTER COLUMN "caseId" DROP NOT NULL;

CREATE TABLE "Consultation" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "patientId" UUID NOT NULL,
    "requestingFacilityId" UUID NOT NULL,
    "requesterId" UUID NOT NULL,
    "caseId" UUID,
    "state" TEXT NOT NULL DEFAULT 'submitted',
    "kind" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "specialty" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "diagnosisText" TEXT NOT NULL DEFAULT '',
    "reportDraft" TEXT NOT NULL DEFAULT '',
    "isImmediate" BOOLEAN NOT NULL,
    "wantedAt" TIMESTAMPTZ(3),
    "scheduledAt" TIMESTAMPTZ(3),
    "remindedMinutes" INTEGER,
    "chairId" UUID,
    "supplementAsked" TEXT,
    "supplementAskedAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "opinionDueAt" TIMESTAMPTZ(3),
    "opinionRemindedAt" TIMESTAMPTZ(3),
    "closedReason" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedById" UUID,
    "rating" INTEGER,
    "comment" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Consultation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ConsultationConsent" (
    "consultationId" UUID NOT NULL,
    "signer" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" UUID NOT NULL,

    CONSTRAINT "ConsultationConsent_pkey" PRIMARY KEY ("consultationId")
);

CREATE TABLE "ConsultationParty" (
    "consultationId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "ConsultationParty_pkey" PRIMARY KEY ("consultationId","facilityId")
);

CREATE TABLE "ConsultationInvitation" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "expertId" UUID,
    "agreementId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "invitedAt" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "overdueAt" TIMESTAMPTZ(3),
    "passedOnFromId" UUID,
    "proposedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" UUID,

    CONSTRAINT "ConsultationInvitation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ConsultationSupplement" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsultationSupplement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ConsultationEvent" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "byId" UUID,
    "byName" TEXT,
    "reason" TEXT,

    CONSTRAINT "ConsultationEvent_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ConsultationSession" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsultationSession_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ConsultationStudy" (
    "consultationId" UUID NOT NULL,
    "studyId" UUID NOT NULL,

    CONSTRAINT "ConsultationStudy_pkey" PRIMARY KEY ("consultationId","studyId")
);

CREATE TABLE "StudyGrant" (
    "studyId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "StudyGrant_pkey" PRIMARY KEY ("studyId","facilityId","consultationId")
);

CREATE TABLE "ConsultationOrder" (
    "consultationId" UUID NOT NULL,
    "orderId" UUID NOT NULL,

    CONSTRAINT "ConsultationOrder_pkey" PRIMARY KEY ("consultationId","orderId")
);

CREATE TABLE "ConsultationVersion" (
    "consultationId" UUID NOT NULL,
    "versionId" UUID NOT NULL,

    CONSTRAINT "ConsultationVersion_pkey" PRIMARY KEY ("consultationId","versionId")
);

CREATE TABLE "ConsultationDraft" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsultationDraft_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "GuestLink" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "passHash" TEXT,
    "name" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invitedById" UUID NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "GuestLink_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ExpertProfile" (
    "accountId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "specialty" TEXT NOT NULL,
    "introduction" TEXT NOT NULL DEFAULT '',
    "independentSince" DATE,
    "hours" JSONB NOT NULL DEFAULT '[]',
    "isOnDuty" BOOLEAN,
    "onDutyUntil" TIMESTAMPTZ(3),
    "isListed" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ExpertProfile_pkey" PRIMARY KEY ("accountId","facilityId")
);
CREATE UNIQUE INDEX "Consultation_number_key" ON "Consultation"("number");
CREATE INDEX "Consultation_requestingFacilityId_submittedAt_idx" ON "Consultation"("requestingFacilityId", "submittedAt");
CREATE INDEX "Consultation_patientId_idx" ON "Consultation"("patientId");
CREATE INDEX "Consultation_caseId_idx" ON "Consultation"("caseId");
CREATE INDEX "Consultation_state_scheduledAt_idx" ON "Consultation"("state", "scheduledAt");
CREATE INDEX "ConsultationParty_facilityId_idx" ON "ConsultationParty"("facilityId");
CREATE UNIQUE INDEX "ConsultationInvitation_passedOnFromId_key" ON "ConsultationInvitation"("passedOnFromId");
CREATE INDEX "ConsultationInvitation_consultationId_idx" ON "ConsultationInvitation"("consultationId");
CREATE INDEX "ConsultationInvitation_state_dueAt_idx" ON "ConsultationInvitation"("state", "dueAt");
CREATE INDEX "ConsultationInvitation_expertId_idx" ON "ConsultationInvitation"("expertId");
CREATE INDEX "ConsultationSupplement_consultationId_idx" ON "ConsultationSupplement"("consultationId");
CREATE INDEX "ConsultationEvent_consultationId_at_idx" ON "ConsultationEvent"("consultationId", "at");
CREATE INDEX "ConsultationSession_consultationId_idx" ON "ConsultationSession"("consultationId");
CREATE INDEX "ConsultationStudy_studyId_idx" ON "ConsultationStudy"("studyId");
CREATE INDEX "StudyGrant_facilityId_idx" ON "StudyGrant"("facilityId");
CREATE INDEX "StudyGrant_consultationId_idx" ON "StudyGrant"("consultationId");
CREATE INDEX "ConsultationOrder_orderId_idx" ON "ConsultationOrder"("orderId");
CREATE INDEX "ConsultationVersion_versionId_idx" ON "ConsultationVersion"("versionId");
CREATE INDEX "ConsultationDraft_accountId_idx" ON "ConsultationDraft"("accountId");
CREATE UNIQUE INDEX "GuestLink_number_key" ON "GuestLink"("number");
CREATE INDEX "GuestLink_consultationId_idx" ON "GuestLink"("consultationId");
CREATE INDEX "ExpertProfile_facilityId_specialty_idx" ON "ExpertProfile"("facilityId", "specialty");
CREATE UNIQUE INDEX "Report_consultationId_key" ON "Report"("consultationId");
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_requestingFacilityId_fkey" FOREIGN KEY ("requestingFacilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationConsent" ADD CONSTRAINT "ConsultationConsent_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationParty" ADD CONSTRAINT "ConsultationParty_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationParty" ADD CONSTRAINT "ConsultationParty_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationInvitation" ADD CONSTRAINT "ConsultationInvitation_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationInvitation" ADD CONSTRAINT "ConsultationInvitation_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationInvitation" ADD CONSTRAINT "ConsultationInvitation_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationInvitation" ADD CONSTRAINT "ConsultationInvitation_expertId_fkey" FOREIGN KEY ("expertId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationInvitation" ADD CONSTRAINT "ConsultationInvitation_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationSupplement" ADD CONSTRAINT "ConsultationSupplement_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationEvent" ADD CONSTRAINT "ConsultationEvent_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationSession" ADD CONSTRAINT "ConsultationSession_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationStudy" ADD CONSTRAINT "ConsultationStudy_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationStudy" ADD CONSTRAINT "ConsultationStudy_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StudyGrant" ADD CONSTRAINT "StudyGrant_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationOrder" ADD CONSTRAINT "ConsultationOrder_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationOrder" ADD CONSTRAINT "ConsultationOrder_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationVersion" ADD CONSTRAINT "ConsultationVersion_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConsultationVersion" ADD CONSTRAINT "ConsultationVersion_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ReportVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "GuestLink" ADD CONSTRAINT "GuestLink_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExpertProfile" ADD CONSTRAINT "ExpertProfile_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExpertProfile" ADD CONSTRAINT "ExpertProfile_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Report" ADD CONSTRAINT "Report_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Report" ADD CONSTRAINT "Report_one_subject" CHECK (num_nonnulls("caseId", "consultationId") = 1);
