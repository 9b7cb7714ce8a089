-- What the models answered is committed to before the first vote; empty where a proof was answered before.
ALTER TABLE "Proof" ADD COLUMN "answersCommitment" TEXT;

CREATE OR REPLACE FUNCTION proof_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  answered text[] := ARRAY['opponent', 'settings', 'validation', 'answersCommitment', 'answeredAt'];
  fixed text[] := answered || ARRAY['state', 'closedAt'];
BEGIN
  IF (to_jsonb(NEW) - fixed) <> (to_jsonb(OLD) - fixed) THEN
    RAISE EXCEPTION 'proof_is_committed' USING ERRCODE = '23514';
  END IF;
  IF OLD."answeredAt" IS NOT NULL AND EXISTS (
    SELECT 1 FROM unnest(answered) AS a(field)
    WHERE to_jsonb(NEW) -> a.field IS DISTINCT FROM to_jsonb(OLD) -> a.field) THEN
    RAISE EXCEPTION 'proof_is_answered' USING ERRCODE = '23514';
  END IF;
  IF NOT (NEW."state" = OLD."state"
     OR OLD."state" = 'answering' AND NEW."state" IN ('open', 'failed', 'cancelled')
     OR OLD."state" IN ('failed', 'cancelled') AND NEW."state" = 'answering'
     OR OLD."state" = 'open' AND NEW."state" = 'closed') THEN
    RAISE EXCEPTION 'proof_goes_forward' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
