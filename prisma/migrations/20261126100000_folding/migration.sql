-- What a text is known by, as `fold` of packages/events computes it, for columns that are searched. Keys, by which codes
-- are unique, are written by the server, and by this only once, for the rows that are there.
-- The locale of the database must not matter: PostgreSQL 18 has Unicode's mappings itself, an older one by ICU.
DO $$
DECLARE
  unicode text := CASE
    WHEN current_setting('server_encoding') <> 'UTF8' THEN NULL
    WHEN current_setting('server_version_num')::int >= 180000 THEN 'pg_unicode_fast'
    WHEN EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') THEN 'und-x-icu'
  END;
BEGIN
  IF unicode IS NULL THEN
    RAISE EXCEPTION 'Almenara needs a database in UTF8, of PostgreSQL 18 or of an older one with ICU.';
  END IF;
  EXECUTE format(
    $function$
      CREATE FUNCTION fold_text(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE
        WHEN octet_length(written) = char_length(written) THEN lower(written COLLATE pg_catalog."C")
        ELSE normalize(translate(lower(upper(replace(
          lower(translate(normalize(written, NFC), %1$L, %2$L) COLLATE pg_catalog.%3$I),
          U&'i\0307', 'i'))), 'ς', 'σ'), NFC) COLLATE pg_catalog."C"
      END
    $function$,
    '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　',
    '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~ ',
    unicode
  );
END
$$;

-- Codes: one in each spelling. Those that are there already stay as they are: of several that are one by now, the one in
-- capitals is it, and the others have a key that nobody can type until they get another code.
ALTER TABLE "product" ADD COLUMN "sku_key" TEXT, ADD COLUMN "barcode_key" TEXT;
ALTER TABLE "zone" ADD COLUMN "code_key" TEXT;

UPDATE "product" SET "sku_key" = fold_text("sku") || CASE WHEN "rank" > 1 THEN E'\x1f' || "product"."id" ELSE '' END
FROM (
  SELECT "id", row_number() OVER (PARTITION BY fold_text("sku") ORDER BY "sku" COLLATE "C") AS "rank" FROM "product"
) AS "same" WHERE "same"."id" = "product"."id";

UPDATE "product" SET "barcode_key" = fold_text("barcode") || CASE WHEN "rank" > 1 THEN E'\x1f' || "product"."id" ELSE '' END
FROM (
  SELECT "id", row_number() OVER (PARTITION BY fold_text("barcode") ORDER BY "barcode" COLLATE "C") AS "rank" FROM "product"
  WHERE "barcode" IS NOT NULL
) AS "same" WHERE "same"."id" = "product"."id";

UPDATE "zone" SET "code_key" = fold_text("code") || CASE WHEN "rank" > 1 THEN E'\x1f' || "zone"."id" ELSE '' END
FROM (
  SELECT "id", row_number() OVER (PARTITION BY fold_text("code") ORDER BY "code" COLLATE "C") AS "rank" FROM "zone"
) AS "same" WHERE "same"."id" = "zone"."id";

DO $$
DECLARE
  found text;
BEGIN
  FOR found IN
    SELECT format('product %s: its code %s', "id", "sku") FROM "product" WHERE "sku_key" LIKE E'%\x1f%'
    UNION ALL
    SELECT format('product %s: its barcode %s', "id", "barcode") FROM "product" WHERE "barcode_key" LIKE E'%\x1f%'
    UNION ALL
    SELECT format('zone %s', "code") FROM "zone" WHERE "code_key" LIKE E'%\x1f%'
  LOOP
    RAISE WARNING '% differs from another one in case or accents only; both stay, give one of them another', found;
  END LOOP;
END
$$;

ALTER TABLE "product" ALTER COLUMN "sku_key" SET NOT NULL;
ALTER TABLE "zone" ALTER COLUMN "code_key" SET NOT NULL;
CREATE UNIQUE INDEX "product_sku_key_key" ON "product"("sku_key");
CREATE UNIQUE INDEX "product_barcode_key_key" ON "product"("barcode_key");
CREATE UNIQUE INDEX "zone_code_key_key" ON "zone"("code_key");

-- What searches look through.
ALTER TABLE "product" ADD COLUMN "search" TEXT
  GENERATED ALWAYS AS (fold_text("sku" || E'\n' || "name" || E'\n' || coalesce("barcode", ''))) STORED;
ALTER TABLE "client" ADD COLUMN "search" TEXT
  GENERATED ALWAYS AS (fold_text("name" || E'\n' || coalesce("email", '') || E'\n' || coalesce("phone", '') || E'\n' || coalesce("country", ''))) STORED;
ALTER TABLE "order" ADD COLUMN "search" TEXT
  GENERATED ALWAYS AS (fold_text(coalesce("reference", '') || E'\n' || "client_name")) STORED;
ALTER TABLE "order_line" ADD COLUMN "search" TEXT
  GENERATED ALWAYS AS (fold_text("sku" || E'\n' || "name")) STORED;
ALTER TABLE "return" ADD COLUMN "search" TEXT
  GENERATED ALWAYS AS (fold_text(coalesce("reference", '') || E'\n' || "client_name" || E'\n' || coalesce("reason", ''))) STORED;
