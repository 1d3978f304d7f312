ALTER TABLE "Payment" ADD COLUMN "reference" TEXT;
