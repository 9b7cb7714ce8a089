-- Decisions by access token count in a release only where an admin allowed them for the dataset.
-- Tried by plain SQL in lib/releases/token-decisions.db.test.ts.

ALTER TABLE "Dataset" ADD COLUMN "allowTokenDecisions" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Brief" ADD COLUMN "approvedVia" "ViewerKind";

-- How briefs were approved so far stands in the record.
ALTER TABLE "Brief" DISABLE TRIGGER "Brief_guard";
UPDATE "Brief" b SET "approvedVia" = coalesce(
  (SELECT e."via" FROM "AuditEvent" e
    WHERE e."action" = 'brief.approved' AND e."subjectId" = b."id"::text
    ORDER BY e."at" DESC LIMIT 1), 'session')
  WHERE b."approvedById" IS NOT NULL;
ALTER TABLE "Brief" ENABLE TRIGGER "Brief_guard";

ALTER TABLE "Brief" ADD CONSTRAINT "Brief_via_with_approval"
  CHECK (("approvedById" IS NULL) = ("approvedVia" IS NULL));

-- An approval is final. One by access token may be replaced by a person's, as long as no release
-- says whose approval it used.
CREATE OR REPLACE FUNCTION brief_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'approvedById' - 'approvedAt' - 'approvedVia')
       <> (to_jsonb(OLD) - 'approvedById' - 'approvedAt' - 'approvedVia')
     OR (OLD."approvedById" IS NOT NULL AND NOT (
       OLD."approvedVia" = 'token' AND coalesce(NEW."approvedVia" = 'session', false)
       AND NOT EXISTS (SELECT 1 FROM "Release" r WHERE r."briefId" = OLD."id"))) THEN
    RAISE EXCEPTION 'brief_version_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION release_token_brief_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "Brief" b JOIN "Dataset" d ON d."id" = NEW."datasetId"
    WHERE b."id" = NEW."briefId" AND b."approvedVia" = 'token' AND NOT d."allowTokenDecisions"
  ) THEN
    RAISE EXCEPTION 'release_brief_approved_by_token' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Release_token_brief_guard" BEFORE INSERT ON "Release"
  FOR EACH ROW EXECUTE FUNCTION release_token_brief_guard();

-- Items are written by the thousand, so all of a statement are looked at in one query.
CREATE FUNCTION release_item_token_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM fresh f
    JOIN "Review" v ON v."id" = f."reviewId" AND v."via" = 'token'
    JOIN "Release" r ON r."id" = f."releaseId"
    JOIN "Dataset" d ON d."id" = r."datasetId" AND NOT d."allowTokenDecisions"
  ) THEN
    RAISE EXCEPTION 'release_item_approved_by_token' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "ReleaseItem_token_guard" AFTER INSERT ON "ReleaseItem" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION release_item_token_guard();

UPDATE "ApiToken" SET "scopes" = array_replace("scopes", 'reviews:write', 'reviews:decide')
  WHERE 'reviews:write' = ANY ("scopes");
