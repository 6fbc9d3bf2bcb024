-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "saved_view_user_id_idx" ON "saved_view"("user_id");

-- CreateIndex
CREATE INDEX "order_updated_at_number_idx" ON "order"("updated_at" DESC, "number" DESC);

-- The history of one order, without reading through everybody's.
CREATE INDEX "event_of_order" ON "event"
    ((coalesce("data" -> 'order' ->> 'id', "data" -> 'return' ->> 'orderId')), "seq") WHERE "topic" = 'orders';
