-- AlterTable
ALTER TABLE "QuarantineItem" ADD COLUMN     "questionId" UUID;

-- CreateIndex
CREATE INDEX "QuarantineItem_questionId_idx" ON "QuarantineItem"("questionId");

-- AddForeignKey
ALTER TABLE "QuarantineItem" ADD CONSTRAINT "QuarantineItem_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "QuarantineItem"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was asked image by image is asked once for its study: the oldest item asks, the others belong to it.
UPDATE "QuarantineItem" q SET "questionId" = f."id"
FROM (SELECT DISTINCT ON ("kind", "facilityId", "studyInstanceUid") "id", "kind", "facilityId", "studyInstanceUid"
  FROM "QuarantineItem" WHERE "state" = 'open' AND "kind" IN ('same-uid-other-bytes', 'foreign-study')
  ORDER BY "kind", "facilityId", "studyInstanceUid", "createdAt", "id") f
WHERE q."state" = 'open' AND q."kind" = f."kind" AND q."facilityId" = f."facilityId"
  AND q."studyInstanceUid" = f."studyInstanceUid" AND q."id" <> f."id";

-- One open question of these kinds for a study, however many senders come at once.
CREATE UNIQUE INDEX "QuarantineItem_open_question_idx" ON "QuarantineItem" ("kind", "facilityId", "studyInstanceUid")
  WHERE "state" = 'open' AND "questionId" IS NULL AND "kind" IN ('same-uid-other-bytes', 'foreign-study');

-- Of what is no question of identity a person took note; nobody refused anything. A file that could not be read may
-- have been accepted: it was tried again.
UPDATE "QuarantineItem" SET "state" = 'acknowledged'
WHERE "kind" IN ('same-uid-other-bytes', 'foreign-study') AND "state" <> 'open' OR "kind" = 'unreadable' AND "state" = 'rejected';
ALTER TABLE "QuarantineItem" ADD CONSTRAINT "QuarantineItem_state" CHECK (
  "state" IN ('open', 'accepted', 'rejected') OR "state" = 'acknowledged' AND "kind" <> 'demographics');
