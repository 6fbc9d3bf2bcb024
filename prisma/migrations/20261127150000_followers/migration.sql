-- Whose doing an event is. Null: it was recorded before this was kept. All that are there are null, so that nothing of a
-- long log needs to be looked at (NOT VALID); what comes is checked.
ALTER TABLE "event" ADD COLUMN "origin" TEXT;
ALTER TABLE "event" ADD CONSTRAINT "event_origin" CHECK ("origin" IN ('user', 'system', 'import')) NOT VALID;

-- What reacts to the log by itself: which node does it for now, and in which history of which topics it stands.
CREATE TABLE "follower_lease" (
    "name" TEXT NOT NULL,
    "topics" TEXT[] NOT NULL,
    "epoch" TEXT NOT NULL,
    "holder" UUID,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "follower_lease_pkey" PRIMARY KEY ("name"),
    CONSTRAINT "follower_lease_held" CHECK (("holder" IS NULL) = ("until" IS NULL))
);

-- Everything up to `seq` has been handled; of the event after it, the first `part` of its `parts`.
CREATE TABLE "follower_cursor" (
    "name" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "parts" JSONB,

    CONSTRAINT "follower_cursor_pkey" PRIMARY KEY ("name","topic"),
    CONSTRAINT "follower_cursor_part" CHECK ("part" >= 0 AND ("part" = 0 OR "parts" IS NOT NULL))
);
ALTER TABLE "follower_cursor" ADD CONSTRAINT "follower_cursor_name_fkey"
    FOREIGN KEY ("name") REFERENCES "follower_lease"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- Events that a follower could not handle, and went on without.
CREATE TABLE "parked_event" (
    "follower" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "event_id" UUID NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "parts" JSONB,
    "attempts" INTEGER NOT NULL,
    "error" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "parked_event_pkey" PRIMARY KEY ("follower","topic","seq"),
    CONSTRAINT "parked_event_part" CHECK ("part" >= 0 AND ("part" = 0 OR "parts" IS NOT NULL)),
    CONSTRAINT "parked_event_bounded" CHECK (char_length("error") <= 2000)
);
ALTER TABLE "parked_event" ADD CONSTRAINT "parked_event_follower_fkey"
    FOREIGN KEY ("follower") REFERENCES "follower_lease"("name") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "parked_event_at_idx" ON "parked_event"("at");
