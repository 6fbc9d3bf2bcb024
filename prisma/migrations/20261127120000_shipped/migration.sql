-- When orders left the house: of all events of orders that moved on, those alone that the figures look at.
DROP INDEX "event_status_changed_at_idx";
CREATE INDEX "event_shipped_at_idx" ON "event"("at") WHERE "type" = 'order_status_changed' AND "data" ->> 'to' = 'shipped';
