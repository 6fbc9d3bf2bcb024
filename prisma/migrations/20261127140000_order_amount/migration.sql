-- The largest orders first: a page of a million of them took most of a second.
CREATE INDEX "order_amount_number_idx" ON "order"("amount" DESC, "number" DESC);
