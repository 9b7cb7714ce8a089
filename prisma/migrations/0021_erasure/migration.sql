-- ───────────── Nothing begins on a release that a person is being erased from ─────────────

-- The releases that held the person, from the request on.
ALTER TABLE "Erasure" ADD COLUMN "releaseIds" uuid[] NOT NULL DEFAULT ARRAY[]::uuid[];
UPDATE "Erasure" e SET "releaseIds" = coalesce(
    (SELECT array_agg(DISTINCT i."releaseId") FROM "ErasedItem" i WHERE i."erasureId" = e."id"), ARRAY[]::uuid[])
  WHERE e."finishedAt" IS NULL AND e."rowsErasedAt" IS NOT NULL;
CREATE INDEX "Erasure_open_idx" ON "Erasure" ("workspaceId") WHERE "finishedAt" IS NULL;

-- The release whose texts a job of this kind reads; null for every other kind.
CREATE FUNCTION release_of_job(kind text, subject uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE kind
    WHEN 'run.train' THEN (SELECT n."releaseId" FROM "Run" n WHERE n."id" = subject)
    WHEN 'proof.answer' THEN (SELECT p."releaseId" FROM "Proof" p WHERE p."id" = subject)
    WHEN 'curve.measure' THEN (SELECT c."releaseId" FROM "LearningCurve" c WHERE c."id" = subject)
    WHEN 'regression.ask' THEN (
      SELECT n."releaseId" FROM "Model" m JOIN "Run" n ON n."id" = m."runId" WHERE m."id" = subject)
  END
$$;

CREATE FUNCTION erasing_release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  release uuid := release_of_job(NEW."kind", NEW."subjectId");
BEGIN
  IF release IS NULL THEN
    RETURN NEW;
  END IF;
  -- An erasure holds this row while it looks for what is open; whoever comes second sees the first.
  PERFORM 1 FROM "Release" WHERE "id" = release FOR KEY SHARE;
  IF EXISTS (
    SELECT 1 FROM "Erasure" e
    WHERE e."workspaceId" = NEW."workspaceId" AND e."finishedAt" IS NULL AND release = ANY(e."releaseIds")
      AND (e."rowsErasedAt" IS NOT NULL OR EXISTS (
        SELECT 1 FROM "Job" j WHERE j."subjectId" = e."id" AND j."kind" = 'person.erase'
          AND j."state" IN ('queued', 'running')))
  ) THEN
    RAISE EXCEPTION 'release_is_erasing' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Job_release_is_erasing" BEFORE INSERT ON "Job" FOR EACH ROW
  WHEN (NEW."state" IN ('queued', 'running')
    AND NEW."kind" IN (
      'run.train',
      'proof.answer',
      'curve.measure',
      'regression.ask'))
  EXECUTE FUNCTION erasing_release_guard();

-- ───────────── How a person is looked for ─────────────

-- A text as it is compared: compatibility forms and case folded, invisible characters left out,
-- white space, quotes and hyphens made plain.
CREATE FUNCTION fold_person(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(
    regexp_replace(
      normalize(casefold(normalize(
        regexp_replace(value,
          '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]+',
          '', 'g'),
        NFKC) COLLATE "pg_unicode_fast"), NFKC),
      '[\s\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g'),
    '‘’‛ʼ“”„‟‐', '''''''''""""-')
$$;

-- Whether a text holds a person: `needle` (folded) stands in it, and `pattern` (of the folded text,
-- made in lib/lineage/person-match.ts) fits. Without a needle the pattern alone decides.
CREATE FUNCTION holds_person(value text, needle text, pattern text) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  folded text;
BEGIN
  IF value IS NULL OR value = '' THEN
    RETURN false;
  END IF;
  folded := fold_person(value);
  IF needle IS NOT NULL AND position(needle IN folded) = 0 THEN
    RETURN false;
  END IF;
  RETURN (folded COLLATE "pg_unicode_fast") ~ pattern;
END $$;

-- Every text and number of a JSON value, its keys too, apart from each other.
CREATE FUNCTION texts_of(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(found #>> '{}', chr(1)) FROM (
    SELECT jsonb_path_query(value, 'strict $.** ? (@.type() == "string" || @.type() == "number")') AS found
    UNION ALL
    SELECT jsonb_path_query(value, 'strict $.** ? (@.type() == "object").keyvalue().key')
  ) all_texts
$$;

-- ───────────── Notes of releases ─────────────

-- As before; an erasure may empty what a person wrote.
CREATE OR REPLACE FUNCTION release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."state" <> 'freezing' THEN
      RAISE EXCEPTION 'release_begins_freezing' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM "Brief" b WHERE b."id" = NEW."briefId" AND b."approvedById" IS NOT NULL) THEN
      RAISE EXCEPTION 'release_needs_approved_brief' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF is_erasing() AND NEW."note" IS NULL AND (to_jsonb(NEW) - 'note') = (to_jsonb(OLD) - 'note') THEN
    RETURN NEW;
  END IF;
  IF OLD."state" <> 'freezing' OR NEW."number" <> OLD."number" OR NEW."briefId" <> OLD."briefId"
     OR NEW."datasetId" <> OLD."datasetId" THEN
    RAISE EXCEPTION 'release_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

-- Empties the notes of releases of one workspace, for an open erasure of an admin.
CREATE FUNCTION erase_release_notes(erasure uuid, releases uuid[], actor uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid := lock_erasure(erasure, actor);
BEGIN
  PERFORM set_config('apprentice.erasing', 'on', true);
  UPDATE "Release" SET "note" = NULL WHERE "id" = ANY(releases) AND "workspaceId" = workspace;
  PERFORM set_config('apprentice.erasing', 'off', true);
END $$;
REVOKE ALL ON FUNCTION erase_release_notes(uuid, uuid[], uuid) FROM PUBLIC;

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT EXECUTE ON FUNCTION erase_release_notes(uuid, uuid[], uuid) TO apprentice_app;
  END IF;
END
$do$;
