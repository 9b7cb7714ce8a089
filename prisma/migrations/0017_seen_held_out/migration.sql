-- Held-out examples that a proof has seen leave the set for good, and judgements that share an
-- example never share their place in the order. Tried by plain SQL in lib/proofs/retirement.db.test.ts
-- and lib/proofs/judgements.db.test.ts.

ALTER TABLE "Example" ADD COLUMN "spentAt" TIMESTAMPTZ(6);
ALTER TABLE "Example" ADD CONSTRAINT "Example_spent_is_held_out" CHECK (
  "spentAt" IS NULL OR ("split" IS NOT NULL AND "split" = 'held_out'));

-- Nothing that left comes back. A trigger of its own: placement_is_final stays as it is.
CREATE FUNCTION example_spent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."spentAt" IS NOT NULL AND NEW."spentAt" IS DISTINCT FROM OLD."spentAt" THEN
    RAISE EXCEPTION 'spent_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Example_spent_guard" BEFORE UPDATE ON "Example" FOR EACH ROW EXECUTE FUNCTION example_spent_guard();

CREATE FUNCTION release_item_spent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Example" WHERE "id" = NEW."exampleId" AND "spentAt" IS NOT NULL FOR SHARE;
  IF FOUND THEN
    RAISE EXCEPTION 'release_item_is_spent' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ReleaseItem_spent_guard" BEFORE INSERT ON "ReleaseItem"
  FOR EACH ROW EXECUTE FUNCTION release_item_spent_guard();

-- Who begins a proof on a dataset waits for everybody else who does, whatever the release: two
-- releases may hold the same held-out examples.
CREATE FUNCTION proof_order_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Release" r
    WHERE r."datasetId" = (SELECT o."datasetId" FROM "Release" o WHERE o."id" = NEW."releaseId")
    ORDER BY r."id" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER "Proof_order_lock" BEFORE INSERT ON "Proof" FOR EACH ROW EXECUTE FUNCTION proof_order_lock();

-- A judgement comes after every earlier one that shares an example with it, so the levels of all
-- judgements on any one example add up to at most what one judgement alone may err.
CREATE FUNCTION proof_item_order_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "ProofItem" i JOIN "Proof" p ON p."id" = i."proofId"
    WHERE i."exampleId" = NEW."exampleId" AND i."proofId" <> NEW."proofId"
      AND p."runOrdinal" >= (SELECT o."runOrdinal" FROM "Proof" o WHERE o."id" = NEW."proofId")
  ) THEN
    RAISE EXCEPTION 'judgement_out_of_order' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ProofItem_order_guard" BEFORE INSERT ON "ProofItem"
  FOR EACH ROW EXECUTE FUNCTION proof_item_order_guard();
