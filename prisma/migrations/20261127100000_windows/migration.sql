-- When a level changed last: the live view of a zone holds the levels changed last. Those that are there changed when
-- the last of their movements says, as the fold of events that do not say so takes it.
ALTER TABLE "stock_level" ADD COLUMN "updated_at" TIMESTAMPTZ(3);
UPDATE "stock_level" SET "updated_at" = "last"."at"
FROM (SELECT "zone", "product_id", max("at") AS "at" FROM "stock_movement" GROUP BY "zone", "product_id") AS "last"
WHERE "last"."zone" = "stock_level"."zone" AND "last"."product_id" = "stock_level"."product_id";
UPDATE "stock_level" SET "updated_at" = CURRENT_TIMESTAMP WHERE "updated_at" IS NULL;
ALTER TABLE "stock_level" ALTER COLUMN "updated_at" SET NOT NULL, ALTER COLUMN "updated_at" SET DEFAULT CURRENT_TIMESTAMP;
