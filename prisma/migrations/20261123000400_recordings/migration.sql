-- Recordings of sessions: what the media node writes, and the file that is made of it.

CREATE TABLE "Recording" (
    "id" UUID NOT NULL,
    "consultationId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'recording',
    "startedByName" TEXT NOT NULL,
    "consentNote" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "aliveAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "blob" TEXT,
    "sha256" TEXT,
    "size" BIGINT,
    "durationMs" INTEGER,
    "tiles" JSONB NOT NULL DEFAULT '[]',
    "failure" TEXT,
    "keepUntil" TIMESTAMPTZ(3),
    CONSTRAINT "Recording_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Recording_consultationId_startedAt_idx" ON "Recording"("consultationId", "startedAt");
CREATE INDEX "Recording_state_aliveAt_idx" ON "Recording"("state", "aliveAt");
-- Two nodes that both think they hold the room write one recording.
CREATE UNIQUE INDEX "Recording_consultationId_open_key" ON "Recording"("consultationId") WHERE "state" = 'recording';
ALTER TABLE "Recording" ADD CONSTRAINT "Recording_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "RecordingChunk" (
    "recordingId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "blob" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    CONSTRAINT "RecordingChunk_pkey" PRIMARY KEY ("recordingId", "number")
);
ALTER TABLE "RecordingChunk" ADD CONSTRAINT "RecordingChunk_recordingId_fkey" FOREIGN KEY ("recordingId") REFERENCES "Recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
