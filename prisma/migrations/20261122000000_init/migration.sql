-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "AuditEntry" (
    "chain" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'success',
    "actorId" UUID,
    "actorName" TEXT,
    "facilityId" UUID,
    "role" TEXT,
    "patientId" UUID,
    "objectType" TEXT,
    "objectId" TEXT,
    "reason" TEXT,
    "address" TEXT,
    "requestId" TEXT,
    "detail" JSON NOT NULL DEFAULT '{}',
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("chain","position")
);

-- CreateTable
CREATE TABLE "AuditChain" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditChain_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "destinationId" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attemptCount" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3),
    "answer" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "readById" UUID,
    "readAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeliveryAttempt" (
    "id" UUID NOT NULL,
    "deliveryId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "answer" TEXT,

    CONSTRAINT "DeliveryAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Facility" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameEn" TEXT,
    "level" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'hospital',
    "parentId" UUID,
    "regionCode" TEXT,
    "phone" TEXT,
    "timeZone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Centre" (
    "id" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameEn" TEXT,

    CONSTRAINT "Centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Agreement" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "lines" TEXT[],
    "validFrom" DATE NOT NULL,
    "validTo" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "deadlines" JSONB NOT NULL DEFAULT '[]',
    "targets" JSONB NOT NULL DEFAULT '[]',
    "liability" TEXT,
    "endedReason" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "aeTitle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "modality" TEXT,
    "host" TEXT,
    "port" INTEGER,
    "charsetOverride" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Destination" (
    "id" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "pausedUntil" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "title" TEXT,
    "licenceNumber" TEXT,
    "passwordHash" TEXT NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),
    "failedLogins" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ(3),
    "totpSecret" TEXT,
    "totpConfirmed" BOOLEAN NOT NULL DEFAULT false,
    "totpLastStep" INTEGER,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountRole" (
    "accountId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "AccountRole_pkey" PRIMARY KEY ("accountId","facilityId","role")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "userAgent" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "MachineToken" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "facilityId" UUID NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MachineToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "facilityId" UUID NOT NULL,
    "deviceId" UUID,
    "state" TEXT NOT NULL DEFAULT 'receiving',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "orderExamId" UUID,
    "patientId" UUID,
    "headerPatientId" TEXT,
    "headerIssuer" TEXT,
    "headerName" JSONB,
    "headerSex" TEXT,
    "headerBirthDate" TEXT,
    "accessionNumber" TEXT,
    "description" TEXT,
    "studyDate" TEXT,
    "studyTime" TEXT,
    "referringPhysician" TEXT,
    "studyIdNumber" TEXT,
    "modalities" TEXT[],
    "bodyPart" TEXT,
    "seriesCount" INTEGER NOT NULL DEFAULT 0,
    "instanceCount" INTEGER NOT NULL DEFAULT 0,
    "charset" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastInstanceAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settleAfter" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "lateInstances" INTEGER NOT NULL DEFAULT 0,
    "matchedBy" TEXT,

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Series" (
    "id" UUID NOT NULL,
    "seriesInstanceUid" TEXT NOT NULL,
    "studyId" UUID NOT NULL,
    "number" INTEGER,
    "modality" TEXT NOT NULL,
    "description" TEXT,
    "bodyPart" TEXT,
    "laterality" TEXT,
    "instanceCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Instance" (
    "id" UUID NOT NULL,
    "sopInstanceUid" TEXT NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "seriesInstanceUid" TEXT NOT NULL,
    "sopClassUid" TEXT NOT NULL,
    "transferSyntaxUid" TEXT NOT NULL,
    "facilityId" UUID NOT NULL,
    "deviceId" UUID,
    "door" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "blob" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "indexedAt" TIMESTAMPTZ(3),
    "indexError" TEXT,
    "seriesId" UUID,
    "number" INTEGER,
    "rows" INTEGER,
    "columns" INTEGER,
    "frameCount" INTEGER,
    "attributes" JSON,
    "frames" JSON,
    "rendition" TEXT,
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuarantineItem" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "facilityId" UUID NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "sopInstanceUid" TEXT,
    "studyId" UUID,
    "orderExamId" UUID,
    "blob" TEXT,
    "sha256" TEXT,
    "size" INTEGER,
    "differences" JSONB NOT NULL DEFAULT '[]',
    "state" TEXT NOT NULL DEFAULT 'open',
    "decision" TEXT,
    "reason" TEXT,
    "decidedBy" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuarantineItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "patientId" UUID NOT NULL,
    "requestingFacilityId" UUID NOT NULL,
    "requesterId" UUID,
    "placerNumber" TEXT,
    "centreId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'submitted',
    "urgency" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "history" TEXT NOT NULL,
    "diagnosisCode" TEXT NOT NULL,
    "diagnosisText" TEXT NOT NULL,
    "department" TEXT,
    "visitNumber" TEXT,
    "withdrawnReason" TEXT,
    "returnedReason" TEXT,
    "supplementAskedAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderExam" (
    "id" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "accessionNumber" TEXT NOT NULL,
    "examCode" TEXT NOT NULL,
    "examName" TEXT NOT NULL,
    "modality" TEXT NOT NULL,
    "bodyPart" TEXT NOT NULL,
    "laterality" TEXT,
    "studyInstanceUid" TEXT NOT NULL,
    "scheduledAt" TIMESTAMPTZ(3) NOT NULL,
    "stationAeTitle" TEXT,
    "state" TEXT NOT NULL DEFAULT 'scheduled',

    CONSTRAINT "OrderExam_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "orderId" UUID NOT NULL,
    "signer" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedBy" UUID,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("orderId")
);

-- CreateTable
CREATE TABLE "OrderParty" (
    "orderId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "OrderParty_pkey" PRIMARY KEY ("orderId","facilityId","part")
);

-- CreateTable
CREATE TABLE "OrderSupplement" (
    "id" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OrderSupplement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderDraft" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExamCatalogueItem" (
    "code" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "modality" TEXT NOT NULL,
    "bodyPart" TEXT NOT NULL,
    "bodyPartName" TEXT NOT NULL,
    "hasSides" BOOLEAN NOT NULL DEFAULT false,
    "pinyin" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "ExamCatalogueItem_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "DiagnosisCode" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL,

    CONSTRAINT "DiagnosisCode_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "NumberSeries" (
    "name" TEXT NOT NULL,
    "next" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "NumberSeries_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT,
    "payload" JSON NOT NULL,
    "runAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "namePinyin" TEXT NOT NULL DEFAULT '',
    "nameInitials" TEXT NOT NULL DEFAULT '',
    "nameAlphabetic" TEXT,
    "sex" TEXT NOT NULL,
    "birthDate" DATE,
    "phone" TEXT,
    "address" TEXT,
    "villageId" UUID,
    "mergedIntoId" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PatientIdentifier" (
    "id" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PatientIdentifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PatientFacility" (
    "patientId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "PatientFacility_pkey" PRIMARY KEY ("patientId","facilityId")
);

-- CreateTable
CREATE TABLE "DuplicateProposal" (
    "id" UUID NOT NULL,
    "firstId" UUID NOT NULL,
    "secondId" UUID NOT NULL,
    "score" INTEGER NOT NULL,
    "evidence" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decidedBy" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DuplicateProposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PatientMerge" (
    "id" UUID NOT NULL,
    "survivorId" UUID NOT NULL,
    "mergedId" UUID NOT NULL,
    "moved" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "mergedBy" UUID NOT NULL,
    "mergedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "splitBy" UUID,
    "splitAt" TIMESTAMPTZ(3),
    "splitReason" TEXT,

    CONSTRAINT "PatientMerge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "findings" TEXT NOT NULL DEFAULT '',
    "impression" TEXT NOT NULL DEFAULT '',
    "advice" TEXT NOT NULL DEFAULT '',
    "positive" BOOLEAN,
    "critical" BOOLEAN NOT NULL DEFAULT false,
    "criticalText" TEXT,
    "templateId" UUID,
    "writerId" UUID,
    "submittedAt" TIMESTAMPTZ(3),
    "submittedHash" TEXT,
    "rejectedReason" TEXT,
    "amendmentReason" TEXT,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReportVersion" (
    "id" UUID NOT NULL,
    "reportId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "writerId" UUID NOT NULL,
    "reviewerId" UUID,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "replacesId" UUID,

    CONSTRAINT "ReportVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "blob" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReportTemplate" (
    "id" UUID NOT NULL,
    "centreId" UUID,
    "accountId" UUID,
    "line" TEXT NOT NULL,
    "modality" TEXT,
    "bodyPart" TEXT,
    "name" TEXT NOT NULL,
    "nameEn" TEXT,
    "findings" TEXT NOT NULL,
    "impression" TEXT NOT NULL,
    "advice" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT 'template',
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ReportTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "urgency" TEXT NOT NULL,
    "rank" INTEGER NOT NULL DEFAULT 2,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "deadlineMinutes" INTEGER NOT NULL,
    "reportedAt" TIMESTAMPTZ(3),
    "returnedReason" TEXT,
    "hasLateImages" BOOLEAN NOT NULL DEFAULT false,
    "escalatedAt" TIMESTAMPTZ(3),
    "readerId" UUID,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseLease" (
    "caseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "accountName" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "token" UUID NOT NULL,
    "acquiredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseLease_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "CaseEvent" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "byId" UUID,
    "byName" TEXT,
    "reason" TEXT,

    CONSTRAINT "CaseEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SavedFilter" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" JSONB NOT NULL,

    CONSTRAINT "SavedFilter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

-- CreateIndex
CREATE INDEX "AuditEntry_patientId_at_idx" ON "AuditEntry"("patientId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_actorId_at_idx" ON "AuditEntry"("actorId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_facilityId_at_idx" ON "AuditEntry"("facilityId", "at");

-- CreateIndex
CREATE INDEX "Delivery_state_nextAttemptAt_idx" ON "Delivery"("state", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "Delivery_facilityId_createdAt_idx" ON "Delivery"("facilityId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_versionId_destinationId_key" ON "Delivery"("versionId", "destinationId");

-- CreateIndex
CREATE UNIQUE INDEX "DeliveryAttempt_deliveryId_number_key" ON "DeliveryAttempt"("deliveryId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Facility_code_key" ON "Facility"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Centre_facilityId_line_key" ON "Centre"("facilityId", "line");

-- CreateIndex
CREATE UNIQUE INDEX "Agreement_number_key" ON "Agreement"("number");

-- CreateIndex
CREATE INDEX "Agreement_fromId_state_idx" ON "Agreement"("fromId", "state");

-- CreateIndex
CREATE INDEX "Agreement_toId_state_idx" ON "Agreement"("toId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Device_aeTitle_key" ON "Device"("aeTitle");

-- CreateIndex
CREATE INDEX "Destination_facilityId_idx" ON "Destination"("facilityId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_username_key" ON "Account"("username");

-- CreateIndex
CREATE INDEX "AccountRole_facilityId_idx" ON "AccountRole"("facilityId");

-- CreateIndex
CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "MachineToken_tokenHash_key" ON "MachineToken"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Study_studyInstanceUid_key" ON "Study"("studyInstanceUid");

-- CreateIndex
CREATE INDEX "Study_facilityId_receivedAt_idx" ON "Study"("facilityId", "receivedAt");

-- CreateIndex
CREATE INDEX "Study_state_settleAfter_idx" ON "Study"("state", "settleAfter");

-- CreateIndex
CREATE INDEX "Study_orderExamId_idx" ON "Study"("orderExamId");

-- CreateIndex
CREATE INDEX "Study_patientId_idx" ON "Study"("patientId");

-- CreateIndex
CREATE INDEX "Study_accessionNumber_idx" ON "Study"("accessionNumber");

-- CreateIndex
CREATE INDEX "Study_headerPatientId_idx" ON "Study"("headerPatientId");

-- CreateIndex
CREATE INDEX "Study_studyDate_idx" ON "Study"("studyDate");

-- CreateIndex
CREATE UNIQUE INDEX "Series_seriesInstanceUid_key" ON "Series"("seriesInstanceUid");

-- CreateIndex
CREATE INDEX "Series_studyId_idx" ON "Series"("studyId");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_sopInstanceUid_key" ON "Instance"("sopInstanceUid");

-- CreateIndex
CREATE INDEX "Instance_studyInstanceUid_seriesInstanceUid_idx" ON "Instance"("studyInstanceUid", "seriesInstanceUid");

-- CreateIndex
CREATE INDEX "Instance_seriesId_number_idx" ON "Instance"("seriesId", "number");

-- CreateIndex
CREATE INDEX "QuarantineItem_state_facilityId_idx" ON "QuarantineItem"("state", "facilityId");

-- CreateIndex
CREATE INDEX "QuarantineItem_studyId_idx" ON "QuarantineItem"("studyId");

-- CreateIndex
CREATE UNIQUE INDEX "QuarantineItem_sopInstanceUid_sha256_key" ON "QuarantineItem"("sopInstanceUid", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Order_number_key" ON "Order"("number");

-- CreateIndex
CREATE INDEX "Order_requestingFacilityId_submittedAt_idx" ON "Order"("requestingFacilityId", "submittedAt");

-- CreateIndex
CREATE INDEX "Order_patientId_idx" ON "Order"("patientId");

-- CreateIndex
CREATE INDEX "Order_state_idx" ON "Order"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Order_requestingFacilityId_placerNumber_key" ON "Order"("requestingFacilityId", "placerNumber");

-- CreateIndex
CREATE UNIQUE INDEX "OrderExam_accessionNumber_key" ON "OrderExam"("accessionNumber");

-- CreateIndex
CREATE UNIQUE INDEX "OrderExam_studyInstanceUid_key" ON "OrderExam"("studyInstanceUid");

-- CreateIndex
CREATE INDEX "OrderExam_orderId_idx" ON "OrderExam"("orderId");

-- CreateIndex
CREATE INDEX "OrderExam_state_scheduledAt_idx" ON "OrderExam"("state", "scheduledAt");

-- CreateIndex
CREATE INDEX "OrderParty_facilityId_idx" ON "OrderParty"("facilityId");

-- CreateIndex
CREATE INDEX "OrderSupplement_orderId_idx" ON "OrderSupplement"("orderId");

-- CreateIndex
CREATE INDEX "OrderDraft_accountId_idx" ON "OrderDraft"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Patient_namePinyin_idx" ON "Patient"("namePinyin");

-- CreateIndex
CREATE INDEX "Patient_nameInitials_idx" ON "Patient"("nameInitials");

-- CreateIndex
CREATE INDEX "Patient_name_idx" ON "Patient"("name");

-- CreateIndex
CREATE INDEX "Patient_birthDate_idx" ON "Patient"("birthDate");

-- CreateIndex
CREATE INDEX "PatientIdentifier_patientId_idx" ON "PatientIdentifier"("patientId");

-- CreateIndex
CREATE INDEX "PatientIdentifier_value_idx" ON "PatientIdentifier"("value");

-- CreateIndex
CREATE UNIQUE INDEX "PatientIdentifier_type_issuer_value_key" ON "PatientIdentifier"("type", "issuer", "value");

-- CreateIndex
CREATE INDEX "PatientFacility_facilityId_idx" ON "PatientFacility"("facilityId");

-- CreateIndex
CREATE INDEX "DuplicateProposal_state_idx" ON "DuplicateProposal"("state");

-- CreateIndex
CREATE UNIQUE INDEX "DuplicateProposal_firstId_secondId_key" ON "DuplicateProposal"("firstId", "secondId");

-- CreateIndex
CREATE INDEX "PatientMerge_survivorId_idx" ON "PatientMerge"("survivorId");

-- CreateIndex
CREATE INDEX "PatientMerge_mergedId_idx" ON "PatientMerge"("mergedId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_caseId_key" ON "Report"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "ReportVersion_replacesId_key" ON "ReportVersion"("replacesId");

-- CreateIndex
CREATE UNIQUE INDEX "ReportVersion_reportId_number_key" ON "ReportVersion"("reportId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Document_versionId_form_key" ON "Document"("versionId", "form");

-- CreateIndex
CREATE INDEX "ReportTemplate_line_modality_bodyPart_idx" ON "ReportTemplate"("line", "modality", "bodyPart");

-- CreateIndex
CREATE UNIQUE INDEX "Case_orderId_key" ON "Case"("orderId");

-- CreateIndex
CREATE INDEX "Case_centreId_state_rank_dueAt_idx" ON "Case"("centreId", "state", "rank", "dueAt");

-- CreateIndex
CREATE INDEX "Case_state_dueAt_idx" ON "Case"("state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "CaseLease_token_key" ON "CaseLease"("token");

-- CreateIndex
CREATE INDEX "CaseLease_expiresAt_idx" ON "CaseLease"("expiresAt");

-- CreateIndex
CREATE INDEX "CaseLease_accountId_idx" ON "CaseLease"("accountId");

-- CreateIndex
CREATE INDEX "CaseEvent_caseId_at_idx" ON "CaseEvent"("caseId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "SavedFilter_accountId_name_key" ON "SavedFilter"("accountId", "name");

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ReportVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_destinationId_fkey" FOREIGN KEY ("destinationId") REFERENCES "Destination"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeliveryAttempt" ADD CONSTRAINT "DeliveryAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Facility" ADD CONSTRAINT "Facility_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Facility"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Centre" ADD CONSTRAINT "Centre_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Destination" ADD CONSTRAINT "Destination_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountRole" ADD CONSTRAINT "AccountRole_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountRole" ADD CONSTRAINT "AccountRole_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MachineToken" ADD CONSTRAINT "MachineToken_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_orderExamId_fkey" FOREIGN KEY ("orderExamId") REFERENCES "OrderExam"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Series" ADD CONSTRAINT "Series_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "Series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_requestingFacilityId_fkey" FOREIGN KEY ("requestingFacilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderExam" ADD CONSTRAINT "OrderExam_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderParty" ADD CONSTRAINT "OrderParty_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderParty" ADD CONSTRAINT "OrderParty_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderSupplement" ADD CONSTRAINT "OrderSupplement_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatientIdentifier" ADD CONSTRAINT "PatientIdentifier_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatientFacility" ADD CONSTRAINT "PatientFacility_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatientFacility" ADD CONSTRAINT "PatientFacility_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportVersion" ADD CONSTRAINT "ReportVersion_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportVersion" ADD CONSTRAINT "ReportVersion_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "ReportVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ReportVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseLease" ADD CONSTRAINT "CaseLease_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseEvent" ADD CONSTRAINT "CaseEvent_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedFilter" ADD CONSTRAINT "SavedFilter_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

