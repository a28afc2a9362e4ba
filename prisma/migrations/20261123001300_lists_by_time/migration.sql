-- Lists begin with their newest rows, the queue with the first of its order, however many lie behind them.

CREATE INDEX "Order_submittedAt_id_idx" ON "Order"("submittedAt" DESC, "id" DESC);
CREATE INDEX "Consultation_submittedAt_id_idx" ON "Consultation"("submittedAt" DESC, "id" DESC);
CREATE INDEX "Delivery_destinationId_createdAt_id_idx" ON "Delivery"("destinationId", "createdAt" DESC, "id" DESC);

-- Nobody asks for the cases of one centre alone, without a person whose centres they are.
DROP INDEX "Case_centreId_state_rank_dueAt_idx";
CREATE INDEX "Case_state_rank_dueAt_submittedAt_id_idx" ON "Case"("state", "rank", "dueAt", "submittedAt", "id");

-- What waits for somebody is found without walking what is done.
CREATE INDEX "Delivery_unread_idx" ON "Delivery" ("destinationId", "createdAt" DESC, "id" DESC) WHERE "readAt" IS NULL;
CREATE INDEX "EcgTrace_unread_idx" ON "EcgTrace" ("receivedAt") WHERE "readAt" IS NULL;
