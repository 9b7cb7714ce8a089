-- The proof: what counts is written down before the answers, answers are made once, votes stay.
-- Tried by plain SQL as the app's role in lib/proofs/proof-guards.db.test.ts.

CREATE TYPE "ProofMeasure" AS ENUM ('blind_votes', 'rule_pass_rate', 'whole_document');
CREATE TYPE "ProofState" AS ENUM ('answering', 'open', 'closed', 'failed', 'cancelled');
CREATE TYPE "ProofArm" AS ENUM ('base', 'base_examples', 'tuned', 'nearest');
CREATE TYPE "VoteChoice" AS ENUM ('a', 'b', 'tie', 'both_bad');
CREATE TYPE "LookKind" AS ENUM ('judged', 'labelled_answers');

CREATE TABLE "ProofPlan" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "measure" "ProofMeasure" NOT NULL,
    "barOf100" INTEGER NOT NULL,
    "marginOf100" INTEGER NOT NULL,
    "votesPerPrompt" INTEGER NOT NULL,
    "opponent" "ProofArm",
    "commitment" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProofPlan_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ProofPlan_releaseId_createdAt_idx" ON "ProofPlan"("releaseId", "createdAt");

CREATE TABLE "Proof" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "state" "ProofState" NOT NULL DEFAULT 'answering',
    "runOrdinal" INTEGER NOT NULL,
    "alpha" DOUBLE PRECISION NOT NULL,
    "opponent" "ProofArm",
    "sideSecret" TEXT NOT NULL,
    "orderSeed" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "settings" JSONB,
    "validation" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(6),
    "closedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Proof_pkey" PRIMARY KEY ("id")
);
-- One proof for a model by a plan: another plan is another proof.
CREATE UNIQUE INDEX "Proof_modelId_planId_key" ON "Proof"("modelId", "planId");
CREATE INDEX "Proof_workspaceId_createdAt_idx" ON "Proof"("workspaceId", "createdAt");

CREATE TABLE "ProofItem" (
    "proofId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "revisionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "groupNumber" INTEGER NOT NULL,
    "replyKnown" BOOLEAN NOT NULL,
    "contentHash" TEXT NOT NULL,
    "topic" TEXT,

    CONSTRAINT "ProofItem_pkey" PRIMARY KEY ("proofId","exampleId")
);
CREATE UNIQUE INDEX "ProofItem_proofId_position_key" ON "ProofItem"("proofId", "position");
CREATE INDEX "ProofItem_exampleId_idx" ON "ProofItem"("exampleId");

CREATE TABLE "ProofAnswer" (
    "proofId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "arm" "ProofArm" NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "tokens" INTEGER NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "loss" DOUBLE PRECISION,
    "cutOff" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "sources" UUID[],

    CONSTRAINT "ProofAnswer_pkey" PRIMARY KEY ("proofId","exampleId","arm")
);

CREATE TABLE "Ballot" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "workspaceId" UUID NOT NULL,
    "proofId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "tunedOnA" BOOLEAN NOT NULL,
    "asksGuess" BOOLEAN NOT NULL,
    "shownAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Ballot_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Ballot_proofId_userId_exampleId_key" ON "Ballot"("proofId", "userId", "exampleId");
CREATE UNIQUE INDEX "Ballot_proofId_userId_ordinal_key" ON "Ballot"("proofId", "userId", "ordinal");

CREATE TABLE "ProofVote" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "proofId" UUID NOT NULL,
    "ballotId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "choice" "VoteChoice",
    "guess" "VoteChoice",
    "reason" TEXT,
    "undoesId" UUID,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProofVote_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ProofVote_proofId_ordinal_key" ON "ProofVote"("proofId", "ordinal");
CREATE UNIQUE INDEX "ProofVote_undoesId_key" ON "ProofVote"("undoesId");
CREATE INDEX "ProofVote_ballotId_idx" ON "ProofVote"("ballotId");

CREATE TABLE "HeldOutLook" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "proofId" UUID,
    "userId" UUID NOT NULL,
    "kind" "LookKind" NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HeldOutLook_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "HeldOutLook_datasetId_at_idx" ON "HeldOutLook"("datasetId", "at");
CREATE INDEX "HeldOutLook_proofId_userId_idx" ON "HeldOutLook"("proofId", "userId");

-- ───────────── Where they belong; a workspace that is erased takes its proofs with it ─────────────

ALTER TABLE "Model" ADD CONSTRAINT "Model_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "ProofPlan" ADD CONSTRAINT "ProofPlan_id_release_key" UNIQUE ("id", "releaseId", "workspaceId");
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_id_proof_key" UNIQUE ("id", "proofId", "userId");

ALTER TABLE "ProofPlan" ADD CONSTRAINT "ProofPlan_releaseId_fkey"
  FOREIGN KEY ("releaseId", "workspaceId") REFERENCES "Release"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_planId_fkey"
  FOREIGN KEY ("planId", "releaseId", "workspaceId") REFERENCES "ProofPlan"("id", "releaseId", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "ProofItem" ADD CONSTRAINT "ProofItem_proofId_fkey"
  FOREIGN KEY ("proofId") REFERENCES "Proof"("id") ON DELETE CASCADE;
ALTER TABLE "ProofItem" ADD CONSTRAINT "ProofItem_revisionId_fkey"
  FOREIGN KEY ("revisionId", "exampleId") REFERENCES "Revision"("id", "exampleId");
ALTER TABLE "ProofAnswer" ADD CONSTRAINT "ProofAnswer_item_fkey"
  FOREIGN KEY ("proofId", "exampleId") REFERENCES "ProofItem"("proofId", "exampleId") ON DELETE CASCADE;
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_proofId_fkey"
  FOREIGN KEY ("proofId", "workspaceId") REFERENCES "Proof"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_item_fkey"
  FOREIGN KEY ("proofId", "exampleId") REFERENCES "ProofItem"("proofId", "exampleId") ON DELETE CASCADE;
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_proofId_fkey"
  FOREIGN KEY ("proofId", "workspaceId") REFERENCES "Proof"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_ballotId_fkey"
  FOREIGN KEY ("ballotId", "proofId", "userId") REFERENCES "Ballot"("id", "proofId", "userId") ON DELETE CASCADE;
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_undoesId_fkey"
  FOREIGN KEY ("undoesId") REFERENCES "ProofVote"("id") ON DELETE CASCADE;
ALTER TABLE "HeldOutLook" ADD CONSTRAINT "HeldOutLook_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "HeldOutLook" ADD CONSTRAINT "HeldOutLook_proofId_fkey"
  FOREIGN KEY ("proofId", "workspaceId") REFERENCES "Proof"("id", "workspaceId") ON DELETE CASCADE;

-- ───────────── What is possible ─────────────

ALTER TABLE "ProofPlan" ADD CONSTRAINT "ProofPlan_range" CHECK (
  "barOf100" BETWEEN 1 AND 100 AND "marginOf100" BETWEEN 0 AND 50 AND "votesPerPrompt" BETWEEN 1 AND 9
  AND "opponent" IS DISTINCT FROM 'tuned');
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_level" CHECK ("runOrdinal" >= 1 AND "alpha" > 0 AND "alpha" < 1);
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_opponent_is_other" CHECK ("opponent" IS DISTINCT FROM 'tuned');
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_open_is_answered" CHECK (
  "state" NOT IN ('open', 'closed') OR ("answeredAt" IS NOT NULL AND "opponent" IS NOT NULL));
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_closed_at" CHECK (("state" = 'closed') = ("closedAt" IS NOT NULL));
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_vote_or_undo" CHECK (("choice" IS NULL) = ("undoesId" IS NOT NULL));
ALTER TABLE "ProofVote" ADD CONSTRAINT "ProofVote_guess_is_a_side" CHECK (
  "guess" IS NULL OR ("guess" IN ('a', 'b') AND "choice" IS NOT NULL));

-- What was committed to stays; a proof only goes forward.
CREATE FUNCTION proof_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fixed text[] := ARRAY['state', 'opponent', 'settings', 'validation', 'answeredAt', 'closedAt'];
BEGIN
  IF (to_jsonb(NEW) - fixed) <> (to_jsonb(OLD) - fixed) THEN
    RAISE EXCEPTION 'proof_is_committed' USING ERRCODE = '23514';
  END IF;
  IF OLD."answeredAt" IS NOT NULL AND (NEW."opponent" IS DISTINCT FROM OLD."opponent"
     OR NEW."settings" IS DISTINCT FROM OLD."settings" OR NEW."validation" IS DISTINCT FROM OLD."validation"
     OR NEW."answeredAt" IS DISTINCT FROM OLD."answeredAt") THEN
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
CREATE TRIGGER "Proof_guard" BEFORE UPDATE ON "Proof" FOR EACH ROW EXECUTE FUNCTION proof_guard();

-- A proof's examples and answers are written while it answers and never after.
CREATE FUNCTION proof_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Proof" WHERE "id" = NEW."proofId" AND "state" = 'answering') THEN
    RAISE EXCEPTION 'proof_is_answered' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ProofItem_guard" BEFORE INSERT ON "ProofItem" FOR EACH ROW EXECUTE FUNCTION proof_part_guard();
CREATE TRIGGER "ProofAnswer_guard" BEFORE INSERT ON "ProofAnswer" FOR EACH ROW EXECUTE FUNCTION proof_part_guard();

-- A ballot and a vote need an open proof and a person who has not seen whose answers they are.
CREATE FUNCTION ballot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Proof" WHERE "id" = NEW."proofId" AND "state" = 'open' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'proof_is_not_open' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT 1 FROM "HeldOutLook" WHERE "proofId" = NEW."proofId" AND "userId" = NEW."userId"
             AND "kind" = 'labelled_answers') THEN
    RAISE EXCEPTION 'voter_has_seen_labels' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Ballot_guard" BEFORE INSERT ON "Ballot" FOR EACH ROW EXECUTE FUNCTION ballot_guard();
CREATE TRIGGER "ProofVote_open_guard" BEFORE INSERT ON "ProofVote" FOR EACH ROW EXECUTE FUNCTION ballot_guard();

CREATE FUNCTION proof_vote_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."choice" IS NOT NULL AND EXISTS (
    SELECT 1 FROM "ProofVote" v WHERE v."ballotId" = NEW."ballotId" AND v."choice" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "ProofVote" u WHERE u."undoesId" = v."id")) THEN
    RAISE EXCEPTION 'ballot_is_cast' USING ERRCODE = '23514';
  END IF;
  IF NEW."undoesId" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "ProofVote" v WHERE v."id" = NEW."undoesId" AND v."ballotId" = NEW."ballotId"
      AND v."choice" IS NOT NULL) THEN
    RAISE EXCEPTION 'undo_of_nothing' USING ERRCODE = '23514';
  END IF;
  IF NEW."ordinal" <> (SELECT coalesce(max("ordinal"), 0) + 1 FROM "ProofVote" WHERE "proofId" = NEW."proofId") THEN
    RAISE EXCEPTION 'vote_out_of_order' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ProofVote_vote_guard" BEFORE INSERT ON "ProofVote" FOR EACH ROW EXECUTE FUNCTION proof_vote_guard();

-- ───────────── What is written stays ─────────────

DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ProofPlan', 'ProofItem', 'ProofAnswer', 'Ballot', 'ProofVote', 'HeldOutLook'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_immutable', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
      EXECUTE format('GRANT SELECT, INSERT ON %I TO apprentice_app', name);
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM apprentice_app', name);
    END IF;
  END LOOP;
  EXECUTE 'CREATE TRIGGER "Proof_no_delete" BEFORE DELETE ON "Proof" FOR EACH ROW EXECUTE FUNCTION refuse_change()';
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT SELECT, INSERT, UPDATE ON "Proof" TO apprentice_app;
    REVOKE DELETE, TRUNCATE ON "Proof" FROM apprentice_app;
  END IF;
END
$do$;
