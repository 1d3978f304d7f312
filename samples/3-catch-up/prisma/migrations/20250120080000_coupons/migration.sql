CREATE TABLE "Coupon" (
    "code" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,

    CONSTRAINT "Coupon_pkey" PRIMARY KEY ("code")
);
