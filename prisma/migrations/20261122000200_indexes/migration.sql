-- Indexes for searching and listing; those over texts and JSON have no words in the schema language.

-- Beginnings of words, whatever the database's collation: pinyin, initials, numbers.
CREATE INDEX "Patient_namePinyin_start_idx" ON "Patient" ("namePinyin" text_pattern_ops);
CREATE INDEX "Patient_nameInitials_start_idx" ON "Patient" ("nameInitials" text_pattern_ops);
CREATE INDEX "PatientIdentifier_value_start_idx" ON "PatientIdentifier" ("value" text_pattern_ops);

-- The trail of one patient, lists that showed him among others included.
CREATE INDEX "AuditEntry_patientIds_idx" ON "AuditEntry" USING gin ((("detail"::jsonb) -> 'patientIds') jsonb_path_ops);
-- What the last verification saw.
CREATE INDEX "AuditEntry_verified_idx" ON "AuditEntry" ("at") WHERE "action" = 'audit.trailVerified';

-- The ledger, newest first.
CREATE INDEX "Delivery_createdAt_id_idx" ON "Delivery" ("createdAt" DESC, "id" DESC);

-- Who gave the same telephone number.
CREATE INDEX "Patient_phone_idx" ON "Patient" ("phone");

-- The relay takes rows in the order of their ids: this one was never used.
DROP INDEX "Outbox_due_idx";
