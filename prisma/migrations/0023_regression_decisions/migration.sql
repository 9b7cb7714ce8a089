-- What a person says of an answer to the regression set that its words did not decide, and canaries of
-- a workspace's own; the way from a person to all that they
-- wrote; and the text that a mark was set on.

ALTER TYPE "RegressionStanding" ADD VALUE 'to_look_at';
ALTER TYPE "RegressionKind" ADD VALUE 'canary';

-- A canary is planted, not asked. As text, since a value cannot be used where it is added.
ALTER TABLE "RegressionAnswer" ADD CONSTRAINT "RegressionAnswer_asked" CHECK ("kind"::text <> 'canary');

CREATE TABLE "RegressionDecision" (
    "modelId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "arm" "Arm" NOT NULL,
    "workspaceId" UUID NOT NULL,
    "outcome" "RegressionOutcome" NOT NULL,
    "decidedById" UUID NOT NULL,
    "decidedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RegressionDecision_pkey" PRIMARY KEY ("modelId", "itemId", "arm")
);

ALTER TABLE "RegressionDecision" ADD CONSTRAINT "RegressionDecision_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "RegressionDecision" ADD CONSTRAINT "RegressionDecision_answer_fkey"
  FOREIGN KEY ("modelId", "itemId", "arm") REFERENCES "RegressionAnswer"("modelId", "itemId", "arm") ON DELETE CASCADE;
ALTER TABLE "RegressionDecision" ADD CONSTRAINT "RegressionDecision_decides" CHECK ("outcome" <> 'unclear');

-- What the words of an answer decided, nobody decides otherwise.
CREATE FUNCTION regression_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "RegressionAnswer" a WHERE a."modelId" = NEW."modelId" AND a."itemId" = NEW."itemId"
      AND a."arm" = NEW."arm" AND a."workspaceId" = NEW."workspaceId" AND a."outcome" = 'unclear'
  ) THEN
    RAISE EXCEPTION 'answer_not_unclear' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "RegressionDecision_guard" BEFORE INSERT OR UPDATE ON "RegressionDecision"
  FOR EACH ROW EXECUTE FUNCTION regression_decision_guard();

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT SELECT, INSERT, UPDATE ON "RegressionDecision" TO apprentice_app;
    REVOKE DELETE, TRUNCATE ON "RegressionDecision" FROM apprentice_app;
  END IF;
END
$do$;

-- Whoever wrote for a topic does not vote on it, whichever revision it was.
CREATE INDEX "Revision_authorId_idx" ON "Revision"("authorId");
CREATE INDEX "Revision_coAuthorId_idx" ON "Revision"("coAuthorId");

-- A proof asks anew, with its own limits: a mark that was set there is on the text that stood there.
ALTER TABLE "Proof" ADD CONSTRAINT "Proof_id_model_key" UNIQUE ("id", "modelId");
ALTER TABLE "WrongAnswer" ADD COLUMN "proofId" UUID;
ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_proof_fkey"
  FOREIGN KEY ("proofId", "modelId") REFERENCES "Proof"("id", "modelId") ON DELETE CASCADE;
