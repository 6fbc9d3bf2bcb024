-- What was placed in a span of time.
CREATE INDEX "order_created_at_idx" ON "order"("created_at");

-- When orders moved on: only the log knows. Partial, as most events are others; Prisma cannot say that.
CREATE INDEX "event_status_changed_at_idx" ON "event"("at") WHERE "type" = 'order_status_changed';
