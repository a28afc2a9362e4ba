-- AlterTable
ALTER TABLE "EcgAlarm" ADD COLUMN     "closedByName" TEXT,
ADD COLUMN     "noteReadAt" TIMESTAMPTZ(3),
ADD COLUMN     "noteReadByName" TEXT,
ADD COLUMN     "roomAskedAt" TIMESTAMPTZ(3),
ADD COLUMN     "roomAskedByName" TEXT;

-- AlterTable
ALTER TABLE "EcgAlarmHop" ADD COLUMN     "channel" TEXT NOT NULL DEFAULT 'screen',
ADD COLUMN     "personId" UUID,
ADD COLUMN     "personName" TEXT;

-- CreateTable
CREATE TABLE "DutyRoster" (
    "centreId" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedByName" TEXT NOT NULL,

    CONSTRAINT "DutyRoster_pkey" PRIMARY KEY ("centreId")
);

-- CreateTable
CREATE TABLE "DutyShift" (
    "id" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,

    CONSTRAINT "DutyShift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DutyTurn" (
    "shiftId" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,

    CONSTRAINT "DutyTurn_pkey" PRIMARY KEY ("shiftId","weekday","place")
);

-- CreateIndex
CREATE UNIQUE INDEX "DutyShift_centreId_place_key" ON "DutyShift"("centreId", "place");

-- CreateIndex
CREATE INDEX "DutyTurn_accountId_idx" ON "DutyTurn"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "DutyTurn_shiftId_weekday_accountId_key" ON "DutyTurn"("shiftId", "weekday", "accountId");

-- AddForeignKey
ALTER TABLE "DutyRoster" ADD CONSTRAINT "DutyRoster_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DutyShift" ADD CONSTRAINT "DutyShift_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "DutyRoster"("centreId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DutyTurn" ADD CONSTRAINT "DutyTurn_shiftId_fkey" FOREIGN KEY ("shiftId") REFERENCES "DutyShift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DutyTurn" ADD CONSTRAINT "DutyTurn_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a roster can say, whoever writes it: contracts/duty-roster.ts.
ALTER TABLE "DutyShift" ADD CONSTRAINT "DutyShift_clock" CHECK (
  "from" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND "to" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "DutyShift" ADD CONSTRAINT "DutyShift_place" CHECK ("place" BETWEEN 1 AND 6);
ALTER TABLE "DutyTurn" ADD CONSTRAINT "DutyTurn_weekday" CHECK ("weekday" BETWEEN 1 AND 7);
ALTER TABLE "DutyTurn" ADD CONSTRAINT "DutyTurn_place" CHECK ("place" BETWEEN 1 AND 4);

-- Who was called by name has an id and a name; the next on duty is always called by name.
ALTER TABLE "EcgAlarmHop" ADD CONSTRAINT "EcgAlarmHop_person" CHECK (
  ("personId" IS NULL) = ("personName" IS NULL) AND ("why" <> 'on-duty' OR "personId" IS NOT NULL));

-- Only what was dismissed has a note to be read. What was dismissed before there was anywhere to read it is left alone.
ALTER TABLE "EcgAlarm" ADD CONSTRAINT "EcgAlarm_note_read" CHECK ("noteReadAt" IS NULL OR "state" = 'dismissed');
UPDATE "EcgAlarm" SET "noteReadAt" = "closedAt" WHERE "state" = 'dismissed';
