-- AlterTable
ALTER TABLE "EcgRuleSet" ADD COLUMN     "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "publishedBy" UUID,
ADD COLUMN     "publishedByName" TEXT,
-- Versions are counted: the tenth comes after the ninth. What was entered by hand has its number in the list itself.
ALTER COLUMN "version" TYPE INTEGER USING ("rules"->>'version')::INTEGER;

-- A published list never changes: recordings were judged by it.
CREATE TRIGGER ecg_rule_set_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "EcgRuleSet"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
