-- Rules that the tables themselves keep, whoever writes.

-- The audit trail: numbered, linked and hashed by the database, never changed.
-- The hash covers every column, and nulls are told from empty texts by a record separator.
CREATE FUNCTION audit_entry_hash(e "AuditEntry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(array_to_string(ARRAY[
    e."previousHash", e."chain", e."position"::text, e."id"::text,
    to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    e."action", e."outcome", e."actorId"::text, e."actorName", e."facilityId"::text, e."role", e."patientId"::text,
    e."objectType", e."objectId", e."reason", e."address", e."requestId", e."detail"::text
  ], E'\x1f', E'\x1e'), 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_entry_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head "AuditChain";
BEGIN
  INSERT INTO "AuditChain" ("name", "position", "hash") VALUES (NEW."chain", 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM "AuditChain" WHERE "name" = NEW."chain" FOR UPDATE;
  NEW."position" := head."position" + 1;
  NEW."previousHash" := head."hash";
  -- Taken after the lock, so that time rises with the position.
  NEW."at" := date_trunc('milliseconds', clock_timestamp());
  NEW."hash" := audit_entry_hash(NEW);
  UPDATE "AuditChain" SET "position" = NEW."position", "hash" = NEW."hash" WHERE "name" = NEW."chain";
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_link BEFORE INSERT ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION audit_entry_link();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A signed version never changes.
CREATE TRIGGER report_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "ReportVersion"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The relay sleeps until something was promised.
CREATE FUNCTION outbox_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY outbox;
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_wake AFTER INSERT ON "Outbox" FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake();

-- Search by any part of a name or number stays quick as the store grows.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "Patient_search_idx" ON "Patient" USING gin ("name" gin_trgm_ops, "namePinyin" gin_trgm_ops);

-- What has not been indexed yet is found without walking what has.
CREATE INDEX "Instance_unindexed_idx" ON "Instance" ("studyInstanceUid", "receivedAt") WHERE "indexedAt" IS NULL AND "indexError" IS NULL;
CREATE INDEX "Outbox_due_idx" ON "Outbox" ("runAt" NULLS FIRST, "id");

ALTER TABLE "Agreement" ADD CONSTRAINT agreement_dates CHECK ("validTo" >= "validFrom");
ALTER TABLE "Agreement" ADD CONSTRAINT agreement_two_parties CHECK ("fromId" <> "toId");
ALTER TABLE "DuplicateProposal" ADD CONSTRAINT duplicate_order CHECK ("firstId" < "secondId");
