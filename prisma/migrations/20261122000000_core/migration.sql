-- CreateTable
CREATE TABLE "meta" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" UUID NOT NULL,

    CONSTRAINT "meta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "topic" (
    "name" TEXT NOT NULL,
    "head" BIGINT NOT NULL,
    "floor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "topic_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "event" (
    "topic" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT,
    "command_id" UUID,

    CONSTRAINT "event_pkey" PRIMARY KEY ("topic","seq")
);

-- CreateTable
CREATE TABLE "command" (
    "user_id" TEXT NOT NULL,
    "command_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "outcome" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "command_pkey" PRIMARY KEY ("user_id","command_id")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "country" TEXT,
    "notes" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "barcode" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "stocked" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zone" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "zone" TEXT NOT NULL,
    "product_id" UUID NOT NULL,
    "on_hand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "reorder_point" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("zone","product_id")
);

-- CreateTable
CREATE TABLE "stock_movement" (
    "id" UUID NOT NULL,
    "zone" TEXT NOT NULL,
    "product_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "on_hand_delta" INTEGER NOT NULL,
    "reserved_delta" INTEGER NOT NULL,
    "reorder_point_delta" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "order_id" UUID,
    "return_id" UUID,
    "user_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "reference" TEXT,
    "client_id" UUID NOT NULL,
    "client_name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "assignee_id" TEXT,
    "notes" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "short" INTEGER NOT NULL DEFAULT 0,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allocation" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "zone" TEXT NOT NULL,
    "product_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "allocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return" (
    "id" UUID NOT NULL,
    "reference" TEXT,
    "client_id" UUID NOT NULL,
    "client_name" TEXT NOT NULL,
    "order_id" UUID,
    "reason" TEXT,
    "lines" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "return_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "imported_line" (
    "source" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "imported_line_pkey" PRIMARY KEY ("source","document","line")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT DEFAULT 'viewer',
    "banned" BOOLEAN DEFAULT false,
    "ban_reason" TEXT,
    "ban_expires" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "impersonated_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "apikey" (
    "id" TEXT NOT NULL,
    "config_id" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "reference_id" TEXT NOT NULL,
    "refill_interval" INTEGER,
    "refill_amount" INTEGER,
    "last_refill_at" TIMESTAMPTZ(3),
    "enabled" BOOLEAN DEFAULT true,
    "rate_limit_enabled" BOOLEAN DEFAULT false,
    "rate_limit_time_window" INTEGER,
    "rate_limit_max" INTEGER,
    "request_count" INTEGER,
    "remaining" INTEGER,
    "last_request" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "apikey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "command_at_idx" ON "command"("at");

-- CreateIndex
CREATE INDEX "client_name_id_idx" ON "client"("name", "id");

-- CreateIndex
CREATE INDEX "client_updated_at_idx" ON "client"("updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "product_sku_key" ON "product"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "product_barcode_key" ON "product"("barcode");

-- CreateIndex
CREATE INDEX "product_updated_at_idx" ON "product"("updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "zone_code_key" ON "zone"("code");

-- CreateIndex
CREATE INDEX "stock_level_product_id_idx" ON "stock_level"("product_id");

-- CreateIndex
CREATE INDEX "stock_movement_zone_product_id_id_idx" ON "stock_movement"("zone", "product_id", "id");

-- CreateIndex
CREATE INDEX "stock_movement_product_id_id_idx" ON "stock_movement"("product_id", "id");

-- CreateIndex
CREATE INDEX "stock_movement_order_id_idx" ON "stock_movement"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_number_key" ON "order"("number");

-- CreateIndex
CREATE INDEX "order_status_number_idx" ON "order"("status", "number");

-- CreateIndex
CREATE INDEX "order_client_id_number_idx" ON "order"("client_id", "number");

-- CreateIndex
CREATE INDEX "order_closed_at_number_idx" ON "order"("closed_at" DESC, "number" DESC);

-- CreateIndex
CREATE INDEX "order_line_order_id_position_idx" ON "order_line"("order_id", "position");

-- CreateIndex
CREATE INDEX "order_line_product_id_idx" ON "order_line"("product_id");

-- CreateIndex
CREATE INDEX "allocation_line_id_idx" ON "allocation"("line_id");

-- CreateIndex
CREATE INDEX "allocation_zone_product_id_idx" ON "allocation"("zone", "product_id");

-- CreateIndex
CREATE INDEX "return_client_id_idx" ON "return"("client_id");

-- CreateIndex
CREATE INDEX "return_created_at_id_idx" ON "return"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "apikey_key_key" ON "apikey"("key");

-- CreateIndex
CREATE INDEX "apikey_reference_id_idx" ON "apikey"("reference_id");

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_zone_fkey" FOREIGN KEY ("zone") REFERENCES "zone"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_zone_product_id_fkey" FOREIGN KEY ("zone", "product_id") REFERENCES "stock_level"("zone", "product_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "order_line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_zone_product_id_fkey" FOREIGN KEY ("zone", "product_id") REFERENCES "stock_level"("zone", "product_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return" ADD CONSTRAINT "return_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say: the invariants, kept by the database itself.

ALTER TABLE "meta" ADD CONSTRAINT "meta_one_row" CHECK ("id" = 1);
INSERT INTO "meta" ("id", "epoch") VALUES (1, gen_random_uuid());

ALTER TABLE "topic" ADD CONSTRAINT "topic_positions" CHECK (0 <= "floor" AND "floor" <= "head");
ALTER TABLE "event" ADD CONSTRAINT "event_seq_positive" CHECK ("seq" >= 1);
ALTER TABLE "event" ADD CONSTRAINT "event_topic_fkey" FOREIGN KEY ("topic") REFERENCES "topic" ("name");

ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_no_oversell"
    CHECK (0 <= "reserved" AND "reserved" <= "on_hand" AND 0 <= "reorder_point");
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_kind" CHECK ("kind" IN (
    'receipt', 'adjustment', 'transfer_in', 'transfer_out', 'count', 'reservation', 'release', 'shipment',
    'shortage', 'return', 'sale', 'reorder_point'));

ALTER TABLE "product" ADD CONSTRAINT "product_price" CHECK ("amount" >= 0 AND "currency" ~ '^[A-Z]{3}$');
ALTER TABLE "order" ADD CONSTRAINT "order_status" CHECK ("status" IN (
    'placed', 'picking', 'packed', 'shipped', 'delivered', 'cancelled'));
ALTER TABLE "order" ADD CONSTRAINT "order_closed_has_time"
    CHECK (("status" IN ('delivered', 'cancelled')) = ("closed_at" IS NOT NULL));
ALTER TABLE "order" ADD CONSTRAINT "order_version" CHECK ("version" >= 1 AND "amount" >= 0);
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_quantities"
    CHECK ("quantity" >= 1 AND 0 <= "short" AND "short" <= "quantity" AND "amount" >= 0);
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_quantity" CHECK ("quantity" >= 1);

-- The log and the ledger are append-only.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "event_append_only" BEFORE UPDATE ON "event"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "stock_movement_append_only" BEFORE UPDATE OR DELETE ON "stock_movement"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "topic_kept" BEFORE DELETE ON "topic"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Rows of this view are broken promises; it is empty in a sound database. Any test can read it.
CREATE VIEW "broken_invariant" AS
-- [S2] the sum of a level's movements is the level
SELECT 'ledger' AS "rule", l."zone" || '/' || l."product_id" AS "subject",
       format('level %s/%s/%s, ledger %s/%s/%s', l."on_hand", l."reserved", l."reorder_point",
              coalesce(m."on_hand", 0), coalesce(m."reserved", 0), coalesce(m."reorder_point", 0)) AS "detail"
FROM "stock_level" l
LEFT JOIN (
    SELECT "zone", "product_id", sum("on_hand_delta") AS "on_hand", sum("reserved_delta") AS "reserved",
           sum("reorder_point_delta") AS "reorder_point"
    FROM "stock_movement" GROUP BY "zone", "product_id"
) m USING ("zone", "product_id")
WHERE (l."on_hand", l."reserved", l."reorder_point")
      IS DISTINCT FROM (coalesce(m."on_hand", 0), coalesce(m."reserved", 0), coalesce(m."reorder_point", 0))
UNION ALL
-- [S1] what is reserved is what open orders have allocated
SELECT 'reserved', l."zone" || '/' || l."product_id",
       format('reserved %s, allocated %s', l."reserved", coalesce(a."quantity", 0))
FROM "stock_level" l
LEFT JOIN (
    SELECT a."zone", a."product_id", sum(a."quantity") AS "quantity"
    FROM "allocation" a
    JOIN "order_line" ol ON ol."id" = a."line_id"
    JOIN "order" o ON o."id" = ol."order_id"
    WHERE o."status" IN ('placed', 'picking', 'packed')
    GROUP BY a."zone", a."product_id"
) a USING ("zone", "product_id")
WHERE l."reserved" <> coalesce(a."quantity", 0)
UNION ALL
-- [S1] a stocked line of a live order is allocated in full, but for what it is short of
SELECT 'allocated', ol."id"::text,
       format('quantity %s, short %s, allocated %s', ol."quantity", ol."short", coalesce(a."quantity", 0))
FROM "order_line" ol
JOIN "order" o ON o."id" = ol."order_id"
JOIN "product" p ON p."id" = ol."product_id"
LEFT JOIN (SELECT "line_id", sum("quantity") AS "quantity" FROM "allocation" GROUP BY "line_id") a
    ON a."line_id" = ol."id"
WHERE o."status" IN ('placed', 'picking', 'packed') AND p."stocked"
  AND ol."quantity" <> ol."short" + coalesce(a."quantity", 0)
UNION ALL
-- [L2] a topic's events are floor+1 … head, without gaps
SELECT 'sequence', t."name",
       format('floor %s, head %s, %s events from %s to %s', t."floor", t."head", e."n", e."first", e."last")
FROM "topic" t
LEFT JOIN (
    SELECT "topic", count(*) AS "n", min("seq") AS "first", max("seq") AS "last" FROM "event" GROUP BY "topic"
) e ON e."topic" = t."name"
WHERE t."head" - t."floor" <> coalesce(e."n", 0)
   OR (e."n" > 0 AND (e."first" <> t."floor" + 1 OR e."last" <> t."head"));
