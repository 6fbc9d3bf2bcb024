-- AlterTable
ALTER TABLE "order" ADD COLUMN     "back_order_id" UUID,
ADD COLUMN     "back_order_of" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "order_back_order_of_key" ON "order"("back_order_of");

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_back_order_of_fkey" FOREIGN KEY ("back_order_of") REFERENCES "order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Who waits for a product, looked up by whatever makes goods available; there are few such lines.
CREATE INDEX "order_line_short" ON "order_line" ("product_id") WHERE "short" > 0;

-- The view of broken promises, with those of amounts and of back orders.
CREATE OR REPLACE VIEW "broken_invariant" AS
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
   OR (e."n" > 0 AND (e."first" <> t."floor" + 1 OR e."last" <> t."head"))
UNION ALL
-- [S5] an order is worth its lines
SELECT 'amount', o."id"::text, format('amount %s, lines %s', o."amount", coalesce(l."amount", 0))
FROM "order" o
LEFT JOIN (SELECT "order_id", sum("quantity" * "amount") AS "amount" FROM "order_line" GROUP BY "order_id") l
    ON l."order_id" = o."id"
WHERE o."amount" <> coalesce(l."amount", 0)
UNION ALL
-- [S5] a back order and the order it follows name each other
SELECT 'back_order', coalesce(f."id", b."id")::text,
       format('its back order %s, the back order''s first %s', f."back_order_id", b."back_order_of")
FROM (SELECT * FROM "order" WHERE "back_order_id" IS NOT NULL) f
FULL JOIN (SELECT * FROM "order" WHERE "back_order_of" IS NOT NULL) b
    ON b."id" = f."back_order_id" AND b."back_order_of" = f."id"
WHERE f."id" IS NULL OR b."id" IS NULL;
