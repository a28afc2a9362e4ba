-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "returnedKind" TEXT;
