-- Rows of an erasure leave once: its job, delivered again, must not take away files that it has made again.
ALTER TABLE "Erasure" ADD COLUMN "rowsErasedAt" TIMESTAMPTZ(6);
