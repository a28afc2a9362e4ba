-- AlterTable
ALTER TABLE "OrderExam" DROP COLUMN "stationAeTitle";
