-- CreateTable
CREATE TABLE "stock_count" (
    "id" UUID NOT NULL,
    "zone" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER NOT NULL,
    "outcome" TEXT,
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "counted" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "overtaken" UUID[],

    CONSTRAINT "stock_count_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_count_entry" (
    "count_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "counted" INTEGER NOT NULL,
    "expected" INTEGER NOT NULL,
    "corrections" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_count_entry_pkey" PRIMARY KEY ("count_id","product_id")
);

-- CreateIndex
CREATE INDEX "stock_count_zone_closed_at_idx" ON "stock_count"("zone", "closed_at" DESC);

-- AddForeignKey
ALTER TABLE "stock_count" ADD CONSTRAINT "stock_count_zone_fkey" FOREIGN KEY ("zone") REFERENCES "zone"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_count_entry" ADD CONSTRAINT "stock_count_entry_count_id_fkey" FOREIGN KEY ("count_id") REFERENCES "stock_count"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_count_entry" ADD CONSTRAINT "stock_count_entry_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "stock_count" ADD CONSTRAINT "stock_count_outcome"
    CHECK ("outcome" IN ('finished', 'cancelled') AND "closed_by" IS NOT NULL AND "closed_at" IS NOT NULL
           OR "outcome" IS NULL AND "closed_at" IS NULL);
ALTER TABLE "stock_count_entry" ADD CONSTRAINT "stock_count_entry_quantities"
    CHECK (0 <= "counted" AND 0 <= "expected" AND 0 <= "corrections");
-- One open count a zone: start_count locks the zone first, this keeps it so whatever else is done.
ALTER TABLE "stock_count" ADD CONSTRAINT "stock_count_one_open"
    EXCLUDE USING btree ("zone" WITH =) WHERE ("outcome" IS NULL);
