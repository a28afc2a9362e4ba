-- AlterTable
ALTER TABLE "Instance" ADD COLUMN     "head" JSON;
