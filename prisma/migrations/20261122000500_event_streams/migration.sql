-- The events of one audience are counted without a gap and kept for a while, so that who lost a socket can ask for what it missed.
CREATE TABLE "EventStream" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "EventStream_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "StreamEvent" (
    "stream" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StreamEvent_pkey" PRIMARY KEY ("stream", "position")
);

CREATE INDEX "StreamEvent_at_idx" ON "StreamEvent"("at");
