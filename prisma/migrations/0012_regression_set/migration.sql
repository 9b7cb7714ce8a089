-- The regression set: what a model is asked beside its task, base and tuned alike, and which model is in use.

CREATE TYPE "RegressionKind" AS ENUM ('everyday', 'decline', 'look_alike', 'injection', 'leak');
CREATE TYPE "RegressionOutcome" AS ENUM ('pass', 'fail', 'unclear');
CREATE TYPE "RegressionStanding" AS ENUM ('not_asked', 'incomplete', 'worse', 'not_worse');

-- A workspace's own items; those that ship are code.
CREATE TABLE "RegressionItem" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "kind" "RegressionKind" NOT NULL,
    "content" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredById" UUID,
    "retiredAt" TIMESTAMPTZ(6),
    "erasureId" UUID,

    CONSTRAINT "RegressionItem_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "RegressionItem_workspaceId_idx" ON "RegressionItem"("workspaceId");

CREATE TABLE "RegressionAnswer" (
    "workspaceId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "arm" "Arm" NOT NULL,
    "kind" "RegressionKind" NOT NULL,
    "text" TEXT NOT NULL,
    "cutOff" BOOLEAN NOT NULL DEFAULT false,
    "outcome" "RegressionOutcome",
    "reason" TEXT,
    "error" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erasureId" UUID,

    CONSTRAINT "RegressionAnswer_pkey" PRIMARY KEY ("modelId", "itemId", "arm")
);

-- One row for each time that a model was put in use.
CREATE TABLE "ModelUse" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "standing" "RegressionStanding" NOT NULL,
    "reason" TEXT,
    "createdById" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedById" UUID,
    "endedAt" TIMESTAMPTZ(6),
    "erasureId" UUID,

    CONSTRAINT "ModelUse_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ModelUse_modelId_at_idx" ON "ModelUse"("modelId", "at");
-- Of the models of a dataset one at a time is in use.
CREATE UNIQUE INDEX "ModelUse_one_of_dataset" ON "ModelUse"("datasetId") WHERE "endedAt" IS NULL;

-- ───────────── Where they belong; a workspace that is erased takes them with it ─────────────

ALTER TABLE "RegressionItem" ADD CONSTRAINT "RegressionItem_workspaceId_fkey"
  FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RegressionItem" ADD CONSTRAINT "RegressionItem_erasureId_fkey"
  FOREIGN KEY ("erasureId") REFERENCES "Erasure"("id");
ALTER TABLE "RegressionAnswer" ADD CONSTRAINT "RegressionAnswer_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "RegressionAnswer" ADD CONSTRAINT "RegressionAnswer_erasureId_fkey"
  FOREIGN KEY ("erasureId") REFERENCES "Erasure"("id");
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_datasetId_fkey"
  FOREIGN KEY ("datasetId", "workspaceId") REFERENCES "Dataset"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_erasureId_fkey"
  FOREIGN KEY ("erasureId") REFERENCES "Erasure"("id");

-- ───────────── What is possible ─────────────

ALTER TABLE "RegressionItem" ADD CONSTRAINT "RegressionItem_erased" CHECK (
  ("content" IS NULL) = ("erasureId" IS NOT NULL));
ALTER TABLE "RegressionItem" ADD CONSTRAINT "RegressionItem_retired" CHECK (
  ("retiredAt" IS NULL) = ("retiredById" IS NULL) AND ("erasureId" IS NULL OR "retiredAt" IS NOT NULL));
-- An answer is judged, or could not be given.
ALTER TABLE "RegressionAnswer" ADD CONSTRAINT "RegressionAnswer_judged" CHECK (
  ("outcome" IS NULL) = ("error" IS NOT NULL) AND ("outcome" IS NULL) = ("reason" IS NULL));
ALTER TABLE "RegressionAnswer" ADD CONSTRAINT "RegressionAnswer_erased" CHECK ("erasureId" IS NULL OR "text" = '');
-- A model that is worse than its base, or of which that is not known, is put in use for a reason.
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_has_reason" CHECK (
  "standing" = 'not_worse' OR "reason" IS NOT NULL OR "erasureId" IS NOT NULL);
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_reason_length" CHECK (char_length("reason") BETWEEN 3 AND 1000);
ALTER TABLE "ModelUse" ADD CONSTRAINT "ModelUse_ended" CHECK (("endedAt" IS NULL) = ("endedById" IS NULL));

-- A model is used for the dataset that it was trained on.
CREATE FUNCTION model_use_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Model" m JOIN "Run" n ON n."id" = m."runId" JOIN "Release" r ON r."id" = n."releaseId"
    WHERE m."id" = NEW."modelId" AND r."datasetId" = NEW."datasetId"
  ) THEN
    RAISE EXCEPTION 'model_of_another_dataset' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ModelUse_guard" BEFORE INSERT ON "ModelUse" FOR EACH ROW EXECUTE FUNCTION model_use_guard();

-- ───────────── What is written stays; what ends, ends once ─────────────

-- Refuses every change, but that the first of the named columns, empty so far, is filled, and the
-- second with it; an erasure may delete rows and empty what a person wrote.
CREATE FUNCTION ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ending text[] := TG_ARGV[0:1];
BEGIN
  IF is_erasing() THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    IF (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN
      RETURN NEW;
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - ending) = (to_jsonb(OLD) - ending)
     AND to_jsonb(OLD) ->> TG_ARGV[0] IS NULL AND to_jsonb(NEW) ->> TG_ARGV[0] IS NOT NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'immutable_row in %', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER "RegressionItem_immutable" BEFORE UPDATE OR DELETE ON "RegressionItem" FOR EACH ROW
  EXECUTE FUNCTION ends_once('retiredAt', 'retiredById', 'content', 'erasureId');
CREATE TRIGGER "ModelUse_immutable" BEFORE UPDATE OR DELETE ON "ModelUse" FOR EACH ROW
  EXECUTE FUNCTION ends_once('endedAt', 'endedById', 'reason', 'erasureId');
CREATE TRIGGER "RegressionAnswer_immutable" BEFORE UPDATE OR DELETE ON "RegressionAnswer" FOR EACH ROW
  EXECUTE FUNCTION refuse_change_but_erasure('text', 'error', 'erasureId');

-- Empties own items, answers and reasons of uses, for an open erasure of an admin. `answers` is a list
-- of {modelId, itemId, arm}. What was judged of an answer stays.
CREATE FUNCTION erase_regression_texts(erasure uuid, answers jsonb, items uuid[], uses uuid[], actor uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid := lock_erasure(erasure, actor);
BEGIN
  PERFORM set_config('apprentice.erasing', 'on', true);
  UPDATE "RegressionAnswer" a SET "text" = '', "erasureId" = erasure,
      "error" = CASE WHEN a."error" IS NULL THEN NULL ELSE 'not answered' END
    FROM jsonb_to_recordset(answers) AS g("modelId" uuid, "itemId" text, "arm" text)
    WHERE a."modelId" = g."modelId" AND a."itemId" = g."itemId" AND a."arm"::text = g."arm"
      AND a."workspaceId" = workspace AND a."erasureId" IS NULL;
  UPDATE "RegressionItem" i SET "content" = NULL, "erasureId" = erasure,
      "retiredAt" = coalesce(i."retiredAt", now()), "retiredById" = coalesce(i."retiredById", actor)
    WHERE i."id" = ANY(items) AND i."workspaceId" = workspace AND i."erasureId" IS NULL;
  UPDATE "ModelUse" u SET "reason" = NULL, "erasureId" = erasure
    WHERE u."id" = ANY(uses) AND u."workspaceId" = workspace AND u."erasureId" IS NULL;
  PERFORM set_config('apprentice.erasing', 'off', true);
END $$;
REVOKE ALL ON FUNCTION erase_regression_texts(uuid, jsonb, uuid[], uuid[], uuid) FROM PUBLIC;

DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['RegressionItem', 'RegressionAnswer', 'ModelUse'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO apprentice_app', name);
      EXECUTE format('REVOKE DELETE, TRUNCATE ON %I FROM apprentice_app', name);
    END IF;
  END LOOP;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    REVOKE UPDATE ON "RegressionAnswer" FROM apprentice_app;
    GRANT EXECUTE ON FUNCTION erase_regression_texts(uuid, jsonb, uuid[], uuid[], uuid) TO apprentice_app;
  END IF;
END
$do$;
