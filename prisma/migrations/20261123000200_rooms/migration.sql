-- Rooms of consultations: their state, their seats, what happened in them, and who was there when.
CREATE TABLE "Room" (
    "consultationId" UUID NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "aliveAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "view" JSON NOT NULL,
    "isLocked" BOOLEAN NOT NULL DEFAULT false,
    "leadId" UUID,

    CONSTRAINT "Room_pkey" PRIMARY KEY ("consultationId")
);

CREATE TABLE "RoomSeat" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "accountId" UUID,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "facilityName" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "hasHandUp" BOOLEAN NOT NULL DEFAULT false,
    "secretHash" TEXT NOT NULL,
    "admittedAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoomSeat_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "RoomEntry" (
    "consultationId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "clientId" UUID,
    "peerId" UUID,
    "seatId" UUID,
    "name" TEXT NOT NULL,
    "what" JSON NOT NULL,

    CONSTRAINT "RoomEntry_pkey" PRIMARY KEY ("consultationId","seq")
);

CREATE TABLE "RoomAttendance" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "RoomAttendance_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "RoomSeat_consultationId_seatId_key" ON "RoomSeat"("consultationId", "seatId");
CREATE INDEX "RoomEntry_consultationId_kind_seq_idx" ON "RoomEntry"("consultationId", "kind", "seq");
CREATE UNIQUE INDEX "RoomEntry_consultationId_clientId_key" ON "RoomEntry"("consultationId", "clientId");
CREATE INDEX "RoomAttendance_consultationId_seatId_from_idx" ON "RoomAttendance"("consultationId", "seatId", "from");

-- What was said and seen is evidence: a number follows the one before, and an entry stays as it was written.
CREATE FUNCTION "room_entry_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'room entries are never changed';
END $$;
CREATE TRIGGER "RoomEntry_stays" BEFORE UPDATE ON "RoomEntry" FOR EACH ROW EXECUTE FUNCTION "room_entry_stays"();
