-- A request that was cut off is told from one that is under way by the time until which its process holds it.
ALTER TABLE "ApiRequest"
  ADD COLUMN "id" UUID NOT NULL DEFAULT uuidv7(),
  ADD COLUMN "fileHash" TEXT,
  ADD COLUMN "claim" UUID NOT NULL DEFAULT uuidv7(),
  ADD COLUMN "claimedUntil" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- SHA-256 in hex.
  ADD CONSTRAINT "ApiRequest_file_hash_check" CHECK ("fileHash" ~ '^[0-9a-f]{64}$');
