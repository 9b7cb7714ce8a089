-- From a bad answer back to the data: an answer marked as wrong, and what people said of later models' answers to the same case.

CREATE TYPE "AskedAgainOutcome" AS ENUM ('still_wrong', 'right_now');

CREATE TABLE "WrongAnswer" (
    "modelId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "arm" "Arm" NOT NULL DEFAULT 'tuned',
    "workspaceId" UUID NOT NULL,
    "note" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WrongAnswer_pkey" PRIMARY KEY ("modelId", "exampleId")
);

CREATE TABLE "AskedAgain" (
    "modelId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "laterModelId" UUID NOT NULL,
    "arm" "Arm" NOT NULL DEFAULT 'tuned',
    "workspaceId" UUID NOT NULL,
    "outcome" "AskedAgainOutcome" NOT NULL,
    "judgedById" UUID NOT NULL,
    "judgedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AskedAgain_pkey" PRIMARY KEY ("modelId", "exampleId", "laterModelId")
);
CREATE INDEX "AskedAgain_laterModelId_exampleId_idx" ON "AskedAgain"("laterModelId", "exampleId");

-- ───────────── Where they belong: nothing crosses a workspace's border ─────────────

ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_workspace_key" UNIQUE ("modelId", "exampleId", "workspaceId");
ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
-- A mark goes with its answer: whoever erases the answer of a model erases what was noted about it.
ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_answer_fkey"
  FOREIGN KEY ("modelId", "exampleId", "arm") REFERENCES "Answer"("modelId", "exampleId", "arm") ON DELETE CASCADE;
ALTER TABLE "AskedAgain" ADD CONSTRAINT "AskedAgain_mark_fkey"
  FOREIGN KEY ("modelId", "exampleId", "workspaceId")
  REFERENCES "WrongAnswer"("modelId", "exampleId", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "AskedAgain" ADD CONSTRAINT "AskedAgain_laterModelId_fkey"
  FOREIGN KEY ("laterModelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "AskedAgain" ADD CONSTRAINT "AskedAgain_answer_fkey"
  FOREIGN KEY ("laterModelId", "exampleId", "arm") REFERENCES "Answer"("modelId", "exampleId", "arm") ON DELETE CASCADE;

-- ───────────── What is possible ─────────────

ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_is_tuned" CHECK ("arm" = 'tuned');
ALTER TABLE "WrongAnswer" ADD CONSTRAINT "WrongAnswer_note" CHECK ("note" IS NULL OR char_length("note") BETWEEN 1 AND 500);
ALTER TABLE "AskedAgain" ADD CONSTRAINT "AskedAgain_is_tuned" CHECK ("arm" = 'tuned');
ALTER TABLE "AskedAgain" ADD CONSTRAINT "AskedAgain_is_later" CHECK ("laterModelId" <> "modelId");

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "WrongAnswer", "AskedAgain" TO apprentice_app;
    REVOKE TRUNCATE ON "WrongAnswer", "AskedAgain" FROM apprentice_app;
  END IF;
END
$do$;
