-- CreateIndex
CREATE INDEX "EcgTrace_receivedAt_id_idx" ON "EcgTrace"("receivedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "QuarantineItem_state_createdAt_id_idx" ON "QuarantineItem"("state", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Study_receivedAt_id_idx" ON "Study"("receivedAt" DESC, "id" DESC);

-- The order of a search over DICOMweb.
CREATE INDEX "Study_searched_idx" ON "Study"("studyDate" DESC NULLS LAST, "receivedAt" DESC, "id") WHERE "instanceCount" > 0;
