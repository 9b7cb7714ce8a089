-- ───────────── Erasure of a person from proofs ─────────────

-- What was committed to and judged stays: hashes, places, votes. What a person wrote goes.
ALTER TABLE "ProofItem" ALTER COLUMN "revisionId" DROP NOT NULL;
ALTER TABLE "ProofItem" ADD COLUMN "erasureId" uuid REFERENCES "Erasure"("id");
ALTER TABLE "ProofItem" ADD CONSTRAINT "ProofItem_erased" CHECK (
  ("revisionId" IS NULL) = ("erasureId" IS NOT NULL) AND ("erasureId" IS NULL OR "topic" IS NULL));
-- What was read off an answer, kept in its stead so that the verdict can still be recomputed.
ALTER TABLE "ProofAnswer" ADD COLUMN "erasureId" uuid REFERENCES "Erasure"("id");
ALTER TABLE "ProofAnswer" ADD COLUMN "passes" boolean;
ALTER TABLE "ProofAnswer" ADD COLUMN "whole" boolean;
ALTER TABLE "ProofAnswer" ADD CONSTRAINT "ProofAnswer_erased" CHECK (
  ("erasureId" IS NULL AND "passes" IS NULL AND "whole" IS NULL) OR ("erasureId" IS NOT NULL AND "text" = ''));
-- The hash of an erased reason: the chain of votes holds it.
ALTER TABLE "ProofVote" ADD COLUMN "reasonSha256" text;
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_erased" CHECK (
  "reasonSha256" IS NULL OR ("reason" IS NULL AND "reasonSha256" ~ '^[0-9a-f]{64}$'));

-- Refuses every change, except that an erasure may delete rows and empty the named columns.
CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_erasing() THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    IF (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'immutable_row in %', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
DROP TRIGGER "ProofItem_immutable" ON "ProofItem";
CREATE TRIGGER "ProofItem_immutable" BEFORE UPDATE OR DELETE ON "ProofItem" FOR EACH ROW
  EXECUTE FUNCTION refuse_change_but_erasure('revisionId', 'topic', 'erasureId');
DROP TRIGGER "ProofAnswer_immutable" ON "ProofAnswer";
CREATE TRIGGER "ProofAnswer_immutable" BEFORE UPDATE OR DELETE ON "ProofAnswer" FOR EACH ROW
  EXECUTE FUNCTION refuse_change_but_erasure('text', 'error', 'erasureId', 'passes', 'whole');
DROP TRIGGER "ProofVote_immutable" ON "ProofVote";
CREATE TRIGGER "ProofVote_immutable" BEFORE UPDATE OR DELETE ON "ProofVote" FOR EACH ROW
  EXECUTE FUNCTION refuse_change_but_erasure('reason', 'reasonSha256');

-- The workspace of an open erasure of an admin, locked.
CREATE FUNCTION lock_erasure(erasure uuid, actor uuid) RETURNS uuid
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid;
BEGIN
  SELECT e."workspaceId" INTO workspace FROM "Erasure" e
    WHERE e."id" = erasure AND e."finishedAt" IS NULL AND e."createdById" = actor FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no_such_erasure' USING ERRCODE = '23514';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM "Member" m JOIN "User" u ON u."id" = m."userId"
    WHERE m."workspaceId" = workspace AND m."userId" = actor AND m."role" = 'admin' AND u."disabledAt" IS NULL
  ) THEN
    RAISE EXCEPTION 'erasure_needs_admin' USING ERRCODE = '23514';
  END IF;
  RETURN workspace;
END $$;
REVOKE ALL ON FUNCTION lock_erasure(uuid, uuid) FROM PUBLIC;

-- Empties answers, reasons and topics of proofs, for an open erasure of an admin. `answers` is a list
-- of {proofId, exampleId, arm, passes, whole}, `topics` one of {proofId, exampleId}.
CREATE FUNCTION erase_proof_texts(erasure uuid, answers jsonb, votes uuid[], topics jsonb, actor uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid := lock_erasure(erasure, actor);
BEGIN
  PERFORM set_config('apprentice.erasing', 'on', true);
  UPDATE "ProofAnswer" a SET "text" = '', "erasureId" = erasure, "passes" = g."passes", "whole" = g."whole",
      "error" = CASE WHEN a."error" IS NULL THEN NULL ELSE 'not answered' END
    FROM jsonb_to_recordset(answers) AS g("proofId" uuid, "exampleId" uuid, "arm" text, "passes" boolean, "whole" boolean)
    JOIN "Proof" p ON p."id" = g."proofId" AND p."workspaceId" = workspace
    WHERE a."proofId" = g."proofId" AND a."exampleId" = g."exampleId" AND a."arm"::text = g."arm"
      AND a."erasureId" IS NULL;
  UPDATE "ProofVote" v SET "reasonSha256" = encode(sha256(convert_to(v."reason", 'UTF8')), 'hex'), "reason" = NULL
    WHERE v."id" = ANY(votes) AND v."workspaceId" = workspace AND v."reason" IS NOT NULL;
  UPDATE "ProofItem" i SET "topic" = NULL
    FROM jsonb_to_recordset(topics) AS g("proofId" uuid, "exampleId" uuid)
    JOIN "Proof" p ON p."id" = g."proofId" AND p."workspaceId" = workspace
    WHERE i."proofId" = g."proofId" AND i."exampleId" = g."exampleId";
  PERFORM set_config('apprentice.erasing', 'off', true);
END $$;
REVOKE ALL ON FUNCTION erase_proof_texts(uuid, jsonb, uuid[], jsonb, uuid) FROM PUBLIC;

-- As before, and from proofs: the row keeps its place and hash, whatever was written about it goes.
CREATE OR REPLACE FUNCTION erase_examples(erasure uuid, examples uuid[], actor uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid := lock_erasure(erasure, actor);
  erased integer;
BEGIN
  IF EXISTS (SELECT 1 FROM "Example" x WHERE x."id" = ANY(examples) AND x."workspaceId" <> workspace) THEN
    RAISE EXCEPTION 'erasure_crosses_border' USING ERRCODE = '23514';
  END IF;
  PERFORM 1 FROM "Example" x WHERE x."id" = ANY(examples) ORDER BY x."id" FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM "ReleaseItem" i JOIN "Release" r ON r."id" = i."releaseId"
    WHERE i."exampleId" = ANY(examples) AND r."state" = 'freezing'
  ) THEN
    RAISE EXCEPTION 'release_is_freezing' USING ERRCODE = '23514';
  END IF;
  -- Who stores answers or votes waits here; answers that are being made may hold what is erased.
  PERFORM 1 FROM "Proof" p WHERE EXISTS (
      SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = p."releaseId" AND i."exampleId" = ANY(examples))
    ORDER BY p."id" FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM "Proof" p JOIN "ReleaseItem" i ON i."releaseId" = p."releaseId"
    WHERE i."exampleId" = ANY(examples) AND p."state" = 'answering'
  ) THEN
    RAISE EXCEPTION 'proof_is_answering' USING ERRCODE = '23514';
  END IF;
  PERFORM set_config('apprentice.erasing', 'on', true);
  UPDATE "ProofVote" v SET "reasonSha256" = encode(sha256(convert_to(v."reason", 'UTF8')), 'hex'), "reason" = NULL
    FROM "Ballot" b WHERE b."id" = v."ballotId" AND b."exampleId" = ANY(examples) AND v."reason" IS NOT NULL;
  UPDATE "ProofAnswer" a SET "text" = '', "erasureId" = erasure,
      "error" = CASE WHEN a."error" IS NULL THEN NULL ELSE 'not answered' END
    WHERE a."exampleId" = ANY(examples) AND a."erasureId" IS NULL;
  UPDATE "ProofItem" SET "revisionId" = NULL, "topic" = NULL, "erasureId" = erasure
    WHERE "exampleId" = ANY(examples) AND "erasureId" IS NULL;
  INSERT INTO "ErasedItem" ("releaseId", "exampleId", "revisionId", "erasureId", "split", "position")
    SELECT i."releaseId", i."exampleId", i."revisionId", erasure, i."split", i."position"
    FROM "ReleaseItem" i WHERE i."exampleId" = ANY(examples);
  DELETE FROM "ReleaseItem" WHERE "exampleId" = ANY(examples);
  DELETE FROM "ReleaseExclusion" WHERE "exampleId" = ANY(examples);
  WITH gone AS (
    DELETE FROM "Export" x WHERE EXISTS (
      SELECT 1 FROM "ErasedItem" i
      WHERE i."erasureId" = erasure AND i."releaseId" = x."releaseId" AND i."split" = x."split"
        AND i."exampleId" = ANY(examples))
    RETURNING x."fileKey", x."manifestKey"
  ), keys AS (
    SELECT array_agg(k) AS "list" FROM (SELECT "fileKey" AS k FROM gone UNION ALL SELECT "manifestKey" FROM gone) a
  )
  UPDATE "Erasure" e SET "pendingFiles" = e."pendingFiles" || keys."list" FROM keys
    WHERE e."id" = erasure AND keys."list" IS NOT NULL;
  UPDATE "Example" SET "status" = 'retired', "currentRevisionId" = NULL, "approvedRevisionId" = NULL
    WHERE "id" = ANY(examples);
  DELETE FROM "Review" WHERE "exampleId" = ANY(examples) AND "decision" = 'withdraw';
  DELETE FROM "Review" WHERE "exampleId" = ANY(examples);
  DELETE FROM "WorkingCopy" WHERE "exampleId" = ANY(examples);
  SET CONSTRAINTS ALL IMMEDIATE;
  DELETE FROM "Revision" WHERE "exampleId" = ANY(examples);
  DELETE FROM "HeldOutView" WHERE "exampleId" = ANY(examples);
  DELETE FROM "Answer" WHERE "exampleId" = ANY(examples);
  WITH gone AS (
    DELETE FROM "Example" x WHERE x."id" = ANY(examples) RETURNING x."id"
  ), recorded AS (
    INSERT INTO "AuditEvent" ("workspaceId", "actorId", "action", "subjectType", "subjectId", "data")
    SELECT workspace, actor, 'example.erased', 'example', gone."id", jsonb_build_object('erasureId', erasure) FROM gone
    RETURNING 1
  )
  SELECT count(*) INTO erased FROM recorded;
  PERFORM set_config('apprentice.erasing', 'off', true);
  RETURN erased;
END $$;
REVOKE ALL ON FUNCTION erase_examples(uuid, uuid[], uuid) FROM PUBLIC;

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT EXECUTE ON FUNCTION erase_examples(uuid, uuid[], uuid) TO apprentice_app;
    GRANT EXECUTE ON FUNCTION erase_proof_texts(uuid, jsonb, uuid[], jsonb, uuid) TO apprentice_app;
  END IF;
END
$do$;
