-- Searches of any two letters, in any script, without reading through everything. pg_trgm would need three letters, an
-- extension that not every database has, and a locale that knows the script.
CREATE FUNCTION "letter_pairs"("written" text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
  letters CONSTANT text[] := string_to_array(written, NULL);
  pairs text[] := '{}';
BEGIN
  FOR i IN 1 .. cardinality(letters) - 1 LOOP
    pairs[i] := letters[i] || letters[i + 1];
  END LOOP;
  RETURN pairs;
END
$$;

CREATE INDEX "product_search_pairs" ON "product" USING gin (letter_pairs("search")) WITH (gin_pending_list_limit = 512);
CREATE INDEX "client_search_pairs" ON "client" USING gin (letter_pairs("search")) WITH (gin_pending_list_limit = 512);
-- Of orders only documents' names: they are written once, when they are imported. What else an order is found by are the
-- names of its client and of its goods, and those are looked up where they are written seldom.
CREATE INDEX "order_reference_pairs" ON "order" USING gin (letter_pairs("search")) WHERE "reference" IS NOT NULL;

-- An order keeps the names that its client and its goods had. So whoever looks for it by those needs the old ones.
CREATE TABLE "former_client_name" (
    "client_id" UUID NOT NULL,
    "search" TEXT NOT NULL,

    CONSTRAINT "former_client_name_pkey" PRIMARY KEY ("client_id", "search")
);
CREATE TABLE "former_product_name" (
    "product_id" UUID NOT NULL,
    "search" TEXT NOT NULL,

    CONSTRAINT "former_product_name_pkey" PRIMARY KEY ("product_id", "search")
);
ALTER TABLE "former_client_name" ADD CONSTRAINT "former_client_name_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "former_product_name" ADD CONSTRAINT "former_product_name_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "former_client_name" ("client_id", "search")
SELECT DISTINCT o."client_id", fold_text(o."client_name") FROM "order" o JOIN "client" c ON c."id" = o."client_id"
WHERE o."client_name" <> c."name";
INSERT INTO "former_product_name" ("product_id", "search")
SELECT DISTINCT l."product_id", l."search" FROM "order_line" l JOIN "product" p ON p."id" = l."product_id"
WHERE (l."sku", l."name") <> (p."sku", p."name");

CREATE FUNCTION "keep_former_client_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_client_name (client_id, search) VALUES (OLD.id, fold_text(OLD.name)) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "client_renamed" AFTER UPDATE OF "name" ON "client"
    FOR EACH ROW WHEN (OLD."name" <> NEW."name") EXECUTE FUNCTION "keep_former_client_name"();

CREATE FUNCTION "keep_former_product_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_product_name (product_id, search) VALUES (OLD.id, fold_text(OLD.sku || E'\n' || OLD.name))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "product_renamed" AFTER UPDATE OF "sku", "name" ON "product"
    FOR EACH ROW WHEN ((OLD."sku", OLD."name") <> (NEW."sku", NEW."name")) EXECUTE FUNCTION "keep_former_product_name"();

-- Whose orders these are; most orders are nobody's yet, or are over.
CREATE INDEX "order_assignee" ON "order" ("assignee_id", "number") WHERE "assignee_id" IS NOT NULL;

-- What came back of an order.
CREATE INDEX "return_order_id_idx" ON "return"("order_id");
