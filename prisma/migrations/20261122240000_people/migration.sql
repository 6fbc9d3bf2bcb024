-- The first run goes on after the administrator's account is made, and is found again until it is finished.
ALTER TABLE "meta" ADD COLUMN "setup_pending" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "user" ADD COLUMN "last_seen_at" TIMESTAMPTZ(3);

CREATE TABLE "company" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "late_after_hours" INTEGER NOT NULL DEFAULT 24,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "company_one_row" CHECK ("id" = 1),
    CONSTRAINT "company_late_after" CHECK ("late_after_hours" BETWEEN 1 AND 720)
);

CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invited_by_id" TEXT,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invitation_role" CHECK ("role" IN ('admin', 'operator', 'viewer'))
);
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");
CREATE UNIQUE INDEX "invitation_email_key" ON "invitation"("email");

CREATE TABLE "account_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "email" TEXT,
    "by_id" TEXT,
    "by_name" TEXT,
    "reason" TEXT,
    "detail" TEXT,
    "address" TEXT,
    "agent" TEXT,

    CONSTRAINT "account_event_pkey" PRIMARY KEY ("id"),
    -- What was typed at a sign-in is anybody's text.
    CONSTRAINT "account_event_bounded" CHECK (
        length("kind") <= 40 AND length("email") <= 254 AND length("by_name") <= 100 AND length("reason") <= 40
        AND length("detail") <= 200 AND length("address") <= 64 AND length("agent") <= 300)
);
CREATE INDEX "account_event_at_idx" ON "account_event"("at");
CREATE INDEX "account_event_user_id_id_idx" ON "account_event"("user_id", "id");
