-- AlterTable
ALTER TABLE "Centre" ADD COLUMN     "signatures" TEXT NOT NULL DEFAULT 'two';

-- AlterTable
ALTER TABLE "Report" ADD COLUMN     "ecg" JSONB;

-- CreateTable
CREATE TABLE "EcgTrace" (
    "id" UUID NOT NULL,
    "sopInstanceUid" TEXT NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "facilityId" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "originalBlob" TEXT,
    "originalSha256" TEXT,
    "originalSize" INTEGER,
    "originalType" TEXT,
    "originalName" TEXT,
    "uploadedBy" UUID,
    "orderExamId" UUID,
    "acquiredAt" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readAt" TIMESTAMPTZ(3),
    "durationMs" DOUBLE PRECISION,
    "leadCodes" TEXT[],
    "recordings" JSONB NOT NULL DEFAULT '[]',
    "said" JSONB NOT NULL DEFAULT '{}',
    "quality" JSONB NOT NULL DEFAULT '[]',
    "critical" JSONB NOT NULL DEFAULT '[]',
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "overview" JSONB,
    "replacesId" UUID,

    CONSTRAINT "EcgTrace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgMeasurement" (
    "id" UUID NOT NULL,
    "traceId" UUID NOT NULL,
    "authorId" UUID,
    "authorName" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content" JSONB NOT NULL,

    CONSTRAINT "EcgMeasurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgStatement" (
    "id" UUID NOT NULL,
    "centreId" UUID,
    "code" TEXT NOT NULL,
    "zh" TEXT NOT NULL,
    "en" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "positive" BOOLEAN NOT NULL,
    "critical" BOOLEAN NOT NULL DEFAULT false,
    "key" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "EcgStatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgRuleSet" (
    "id" UUID NOT NULL,
    "centreId" UUID,
    "code" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "province" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EcgRuleSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgAlarm" (
    "id" UUID NOT NULL,
    "traceId" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "facilityId" UUID NOT NULL,
    "caseId" UUID,
    "state" TEXT NOT NULL DEFAULT 'raised',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "hits" JSONB NOT NULL,
    "rules" JSONB NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedBy" UUID,
    "acknowledgedByName" TEXT,
    "toldAt" TIMESTAMPTZ(3),
    "toldText" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedText" TEXT,
    "confirmedByName" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "closedNote" TEXT,

    CONSTRAINT "EcgAlarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgAlarmHop" (
    "id" UUID NOT NULL,
    "alarmId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "facilityId" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EcgAlarmHop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EcgFirstContact" (
    "orderId" UUID NOT NULL,
    "firstContactAt" TIMESTAMPTZ(3),
    "symptomAt" TIMESTAMPTZ(3),
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EcgFirstContact_pkey" PRIMARY KEY ("orderId")
);

-- CreateIndex
CREATE UNIQUE INDEX "EcgTrace_sopInstanceUid_key" ON "EcgTrace"("sopInstanceUid");

-- CreateIndex
CREATE UNIQUE INDEX "EcgTrace_replacesId_key" ON "EcgTrace"("replacesId");

-- CreateIndex
CREATE INDEX "EcgTrace_studyInstanceUid_idx" ON "EcgTrace"("studyInstanceUid");

-- CreateIndex
CREATE INDEX "EcgTrace_state_receivedAt_idx" ON "EcgTrace"("state", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "EcgTrace_facilityId_originalSha256_key" ON "EcgTrace"("facilityId", "originalSha256");

-- CreateIndex
CREATE UNIQUE INDEX "EcgMeasurement_traceId_authorId_revision_key" ON "EcgMeasurement"("traceId", "authorId", "revision") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "EcgStatement_centreId_code_key" ON "EcgStatement"("centreId", "code") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "EcgRuleSet_centreId_code_version_key" ON "EcgRuleSet"("centreId", "code", "version") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "EcgAlarm_traceId_key" ON "EcgAlarm"("traceId");

-- CreateIndex
CREATE INDEX "EcgAlarm_state_dueAt_idx" ON "EcgAlarm"("state", "dueAt");

-- CreateIndex
CREATE INDEX "EcgAlarm_centreId_state_idx" ON "EcgAlarm"("centreId", "state");

-- CreateIndex
CREATE INDEX "EcgAlarm_facilityId_state_idx" ON "EcgAlarm"("facilityId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "EcgAlarmHop_alarmId_number_key" ON "EcgAlarmHop"("alarmId", "number");

-- AddForeignKey
ALTER TABLE "EcgTrace" ADD CONSTRAINT "EcgTrace_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "EcgTrace"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgTrace" ADD CONSTRAINT "EcgTrace_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgMeasurement" ADD CONSTRAINT "EcgMeasurement_traceId_fkey" FOREIGN KEY ("traceId") REFERENCES "EcgTrace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgAlarm" ADD CONSTRAINT "EcgAlarm_traceId_fkey" FOREIGN KEY ("traceId") REFERENCES "EcgTrace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgAlarm" ADD CONSTRAINT "EcgAlarm_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgAlarm" ADD CONSTRAINT "EcgAlarm_facilityId_fkey" FOREIGN KEY ("facilityId") REFERENCES "Facility"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EcgAlarmHop" ADD CONSTRAINT "EcgAlarmHop_alarmId_fkey" FOREIGN KEY ("alarmId") REFERENCES "EcgAlarm"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
