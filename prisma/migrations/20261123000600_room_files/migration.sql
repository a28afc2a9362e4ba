-- CreateTable
CREATE TABLE "RoomFile" (
    "consultationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "blob" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoomFile_pkey" PRIMARY KEY ("consultationId","id")
);
