CREATE INDEX "Order_status_idx" ON "Order"("status");
