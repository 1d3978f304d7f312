CREATE UNIQUE INDEX "Review_productId_userId_key" ON "Review"("productId", "userId");
