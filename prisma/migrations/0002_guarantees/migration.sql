-- What the database itself guarantees, whatever the code does. Tried by plain SQL as the
-- app's role in lib/releases/guarantees.db.test.ts.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- ───────────── Text search: stored vector, trigram indexes (never an expression index) ─────────────

ALTER TABLE "Revision" ADD COLUMN "search" tsvector
  GENERATED ALWAYS AS (to_tsvector('simple', left("promptText", 200000) || ' ' || left("replyText", 200000))) STORED;
CREATE INDEX "Revision_search_idx" ON "Revision" USING gin ("search");
CREATE INDEX "Revision_promptText_trgm_idx" ON "Revision" USING gin ("promptText" gin_trgm_ops);
CREATE INDEX "Revision_replyText_trgm_idx" ON "Revision" USING gin ("replyText" gin_trgm_ops);
CREATE INDEX "Example_tags_idx" ON "Example" USING gin ("tags");
-- The review queue: what waits, oldest first.
CREATE INDEX "Example_queue_idx" ON "Example" ("datasetId", "submittedAt", "number")
  WHERE "status" = 'in_review' AND "binnedAt" IS NULL;

-- ───────────── Nothing crosses a workspace's border ─────────────

ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "Example" ADD CONSTRAINT "Example_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "Example" ADD CONSTRAINT "Example_id_dataset_key" UNIQUE ("id", "datasetId");
ALTER TABLE "Release" ADD CONSTRAINT "Release_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "Brief" ADD CONSTRAINT "Brief_id_dataset_key" UNIQUE ("id", "datasetId");
ALTER TABLE "Import" ADD CONSTRAINT "Import_id_dataset_key" UNIQUE ("id", "datasetId");

ALTER TABLE "Brief" ADD CONSTRAINT "Brief_dataset_workspace_fkey"
  FOREIGN KEY ("datasetId", "workspaceId") REFERENCES "Dataset" ("id", "workspaceId");
ALTER TABLE "Example" ADD CONSTRAINT "Example_dataset_workspace_fkey"
  FOREIGN KEY ("datasetId", "workspaceId") REFERENCES "Dataset" ("id", "workspaceId");
ALTER TABLE "Example" ADD CONSTRAINT "Example_import_dataset_fkey"
  FOREIGN KEY ("importId", "datasetId") REFERENCES "Import" ("id", "datasetId");
ALTER TABLE "Import" ADD CONSTRAINT "Import_dataset_workspace_fkey"
  FOREIGN KEY ("datasetId", "workspaceId") REFERENCES "Dataset" ("id", "workspaceId");
ALTER TABLE "Release" ADD CONSTRAINT "Release_dataset_workspace_fkey"
  FOREIGN KEY ("datasetId", "workspaceId") REFERENCES "Dataset" ("id", "workspaceId");
ALTER TABLE "Release" ADD CONSTRAINT "Release_brief_dataset_fkey"
  FOREIGN KEY ("briefId", "datasetId") REFERENCES "Brief" ("id", "datasetId");
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId")
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "Review" ADD CONSTRAINT "Review_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId");
ALTER TABLE "WorkingCopy" ADD CONSTRAINT "WorkingCopy_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Finding" ADD CONSTRAINT "Finding_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "Export" ADD CONSTRAINT "Export_release_workspace_fkey"
  FOREIGN KEY ("releaseId", "workspaceId") REFERENCES "Release" ("id", "workspaceId");
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_release_workspace_fkey"
  FOREIGN KEY ("releaseId", "workspaceId") REFERENCES "Release" ("id", "workspaceId");
ALTER TABLE "Run" ADD CONSTRAINT "Run_release_workspace_fkey"
  FOREIGN KEY ("releaseId", "workspaceId") REFERENCES "Release" ("id", "workspaceId");
ALTER TABLE "Job" ADD CONSTRAINT "Job_workspace_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id");

-- ───────────── Examples and revisions ─────────────

-- An example's revisions are its own. Deferred: an example and its first revision name each other.
ALTER TABLE "Example" DROP CONSTRAINT "Example_currentRevisionId_fkey";
ALTER TABLE "Example" ADD CONSTRAINT "Example_currentRevisionId_fkey"
  FOREIGN KEY ("currentRevisionId", "id") REFERENCES "Revision" ("id", "exampleId")
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "Example" ADD CONSTRAINT "Example_approvedRevision_fkey"
  FOREIGN KEY ("approvedRevisionId", "id") REFERENCES "Revision" ("id", "exampleId")
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "Revision" DROP CONSTRAINT "Revision_exampleId_fkey";

ALTER TABLE "Example" ADD CONSTRAINT "Example_approved_is_current" CHECK (
  "status" <> 'approved'
  OR ("approvedRevisionId" IS NOT NULL AND "currentRevisionId" IS NOT NULL
      AND "approvedRevisionId" = "currentRevisionId"));
ALTER TABLE "Example" ADD CONSTRAINT "Example_current_is_approved" CHECK (
  "approvedRevisionId" IS NULL OR "currentRevisionId" IS NULL
  OR "approvedRevisionId" <> "currentRevisionId"
  OR "status" IN ('approved', 'retired'));
ALTER TABLE "Example" ADD CONSTRAINT "Example_placed_at" CHECK (("split" IS NULL) = ("placedAt" IS NULL));

-- Placement is written once; identity never changes.
CREATE FUNCTION example_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."split" IS NOT NULL AND (NEW."split" IS DISTINCT FROM OLD."split" OR NEW."placedAt" IS DISTINCT FROM OLD."placedAt") THEN
    RAISE EXCEPTION 'placement_is_final' USING ERRCODE = '23514';
  END IF;
  IF NEW."datasetId" <> OLD."datasetId" OR NEW."workspaceId" <> OLD."workspaceId" OR NEW."number" <> OLD."number" THEN
    RAISE EXCEPTION 'example_identity_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Example_guard" BEFORE UPDATE ON "Example" FOR EACH ROW EXECUTE FUNCTION example_guard();

-- Whatever stands as approved has a standing approval of exactly that revision.
CREATE FUNCTION example_approval_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."status" = 'approved' AND NOT EXISTS (
    SELECT 1 FROM "Review" r
    WHERE r."exampleId" = NEW."id" AND r."revisionId" = NEW."approvedRevisionId" AND r."decision" = 'approve'
      AND NOT EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = r."id")
  ) THEN
    RAISE EXCEPTION 'approved_without_approval' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "Example_approval_guard" AFTER INSERT OR UPDATE ON "Example"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW."status" = 'approved') EXECUTE FUNCTION example_approval_guard();

-- ───────────── Four eyes ─────────────

ALTER TABLE "Review" ADD CONSTRAINT "Review_not_own_text"
  CHECK ("decision" <> 'approve' OR "reviewerId" <> "revisionAuthorId");
ALTER TABLE "Review" ADD CONSTRAINT "Review_reason_when_sent_back"
  CHECK ("decision" <> 'send_back' OR length(btrim(coalesce("reason", ''))) > 0);
ALTER TABLE "Review" ADD CONSTRAINT "Review_withdrawal_names_review"
  CHECK (("decision" = 'withdraw') = ("withdrawsId" IS NOT NULL));
ALTER TABLE "Review" ADD CONSTRAINT "Review_revision_example_fkey"
  FOREIGN KEY ("revisionId", "exampleId") REFERENCES "Revision" ("id", "exampleId");

-- Nobody approves a text to which they contributed since somebody else last approved it, and
-- an approval is of the current revision of an example in review.
CREATE FUNCTION review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ex record;
  since integer;
  withdrawn record;
BEGIN
  SELECT "currentRevisionId", "status" INTO ex FROM "Example" WHERE "id" = NEW."exampleId" FOR UPDATE;
  IF NEW."decision" = 'withdraw' THEN
    SELECT "decision", "revisionId", "exampleId" INTO withdrawn FROM "Review" WHERE "id" = NEW."withdrawsId";
    IF withdrawn."decision" <> 'approve' AND withdrawn."decision" <> 'send_back'
       OR withdrawn."exampleId" <> NEW."exampleId" OR withdrawn."revisionId" <> NEW."revisionId" THEN
      RAISE EXCEPTION 'withdrawal_of_nothing' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF NEW."decision" = 'approve' THEN
    IF ex."currentRevisionId" IS DISTINCT FROM NEW."revisionId" THEN
      RAISE EXCEPTION 'approval_of_old_revision' USING ERRCODE = '23514';
    END IF;
    IF ex."status" <> 'in_review' THEN
      RAISE EXCEPTION 'approval_outside_review' USING ERRCODE = '23514';
    END IF;
    SELECT coalesce(max(rev."ordinal"), 0) INTO since
      FROM "Review" r JOIN "Revision" rev ON rev."id" = r."revisionId"
      WHERE r."exampleId" = NEW."exampleId" AND r."decision" = 'approve' AND r."reviewerId" <> NEW."reviewerId"
        AND NOT EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = r."id");
    IF EXISTS (
      SELECT 1 FROM "Revision" rev
      WHERE rev."exampleId" = NEW."exampleId" AND rev."ordinal" > since
        AND (rev."authorId" = NEW."reviewerId" OR rev."coAuthorId" = NEW."reviewerId")
    ) THEN
      RAISE EXCEPTION 'approval_of_own_text' USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Review_guard" BEFORE INSERT ON "Review" FOR EACH ROW EXECUTE FUNCTION review_guard();

-- ───────────── Briefs ─────────────

ALTER TABLE "Brief" ADD CONSTRAINT "Brief_not_own_version"
  CHECK ("approvedById" IS NULL OR "approvedById" <> "authorId");
ALTER TABLE "Brief" ADD CONSTRAINT "Brief_approved_at" CHECK (("approvedById" IS NULL) = ("approvedAt" IS NULL));

CREATE FUNCTION brief_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."approvedById" IS NOT NULL
     OR (to_jsonb(NEW) - 'approvedById' - 'approvedAt') <> (to_jsonb(OLD) - 'approvedById' - 'approvedAt') THEN
    RAISE EXCEPTION 'brief_version_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Brief_guard" BEFORE UPDATE ON "Brief" FOR EACH ROW EXECUTE FUNCTION brief_guard();

-- ───────────── Releases ─────────────

CREATE FUNCTION release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF OLD."state" <> 'freezing' OR NEW."number" <> OLD."number" OR NEW."briefId" <> OLD."briefId"
     OR NEW."datasetId" <> OLD."datasetId" THEN
    RAISE EXCEPTION 'release_is_final' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Release_guard" BEFORE INSERT OR UPDATE ON "Release" FOR EACH ROW EXECUTE FUNCTION release_guard();

-- A release item without somebody else's approval of exactly that revision cannot be stored.
ALTER TABLE "ReleaseItem" ADD CONSTRAINT "ReleaseItem_decision_is_approve" CHECK ("decision" = 'approve');
ALTER TABLE "ReleaseItem" ADD CONSTRAINT "ReleaseItem_review_fkey"
  FOREIGN KEY ("reviewId", "revisionId", "decision") REFERENCES "Review" ("id", "revisionId", "decision");
ALTER TABLE "ReleaseItem" ADD CONSTRAINT "ReleaseItem_revision_fkey"
  FOREIGN KEY ("revisionId", "exampleId") REFERENCES "Revision" ("id", "exampleId");

CREATE FUNCTION release_item_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rel record;
  ex record;
BEGIN
  SELECT "state", "datasetId" INTO rel FROM "Release" WHERE "id" = NEW."releaseId";
  IF rel."state" <> 'freezing' THEN
    RAISE EXCEPTION 'release_is_final' USING ERRCODE = '23514';
  END IF;
  SELECT "datasetId", "status", "approvedRevisionId", "split", "binnedAt" INTO ex
    FROM "Example" WHERE "id" = NEW."exampleId" FOR SHARE;
  IF ex."datasetId" <> rel."datasetId" THEN
    RAISE EXCEPTION 'release_item_of_other_dataset' USING ERRCODE = '23514';
  END IF;
  IF ex."status" <> 'approved' OR ex."approvedRevisionId" IS DISTINCT FROM NEW."revisionId" OR ex."binnedAt" IS NOT NULL THEN
    RAISE EXCEPTION 'release_item_not_approved' USING ERRCODE = '23514';
  END IF;
  IF ex."split" IS DISTINCT FROM NEW."split" THEN
    RAISE EXCEPTION 'release_item_not_as_placed' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = NEW."reviewId") THEN
    RAISE EXCEPTION 'release_item_withdrawn' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ReleaseItem_guard" BEFORE INSERT ON "ReleaseItem"
  FOR EACH ROW EXECUTE FUNCTION release_item_guard();

ALTER TABLE "Export" ADD CONSTRAINT "Export_never_held_out" CHECK ("split" <> 'held_out');

-- ───────────── People ─────────────

CREATE FUNCTION last_admin_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Writers of the same workspace wait for each other here, so that two admins cannot both leave.
  PERFORM 1 FROM "Workspace" WHERE "id" = OLD."workspaceId" FOR UPDATE;
  IF OLD."role" = 'admin' AND (TG_OP = 'DELETE' OR NEW."role" <> 'admin')
     AND EXISTS (SELECT 1 FROM "Workspace" WHERE "id" = OLD."workspaceId")
     AND NOT EXISTS (
       SELECT 1 FROM "Member" m JOIN "User" u ON u."id" = m."userId"
       WHERE m."workspaceId" = OLD."workspaceId" AND m."role" = 'admin' AND m."userId" <> OLD."userId"
         AND u."disabledAt" IS NULL) THEN
    RAISE EXCEPTION 'last_admin' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER "Member_last_admin" BEFORE UPDATE OR DELETE ON "Member"
  FOR EACH ROW EXECUTE FUNCTION last_admin_guard();

-- ───────────── What is written stays ─────────────

-- Only the erase functions below may delete: they run as the tables' owner and say so.
CREATE FUNCTION is_erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('apprentice.erasing', true), '') = 'on'
     AND current_user = (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'Revision')
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND is_erasing() THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'immutable_row in %', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Revision', 'Review', 'ReleaseItem', 'ReleaseExclusion', 'Export', 'AuditEvent'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_immutable', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['Brief', 'Release'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_no_delete', name);
  END LOOP;
END
$do$;

-- Removes one example that stands in no release, with all that hangs on it. Recorded.
CREATE FUNCTION erase_example(example uuid, actor uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid;
BEGIN
  SELECT "workspaceId" INTO STRICT workspace FROM "Example" WHERE "id" = example FOR UPDATE;
  IF EXISTS (SELECT 1 FROM "ReleaseItem" WHERE "exampleId" = example) THEN
    RAISE EXCEPTION 'example_is_released' USING ERRCODE = '23514';
  END IF;
  PERFORM set_config('apprentice.erasing', 'on', true);
  UPDATE "Example" SET "status" = 'retired', "currentRevisionId" = NULL, "approvedRevisionId" = NULL WHERE "id" = example;
  DELETE FROM "ReleaseExclusion" WHERE "exampleId" = example;
  DELETE FROM "Review" WHERE "exampleId" = example AND "decision" = 'withdraw';
  DELETE FROM "Review" WHERE "exampleId" = example;
  DELETE FROM "WorkingCopy" WHERE "exampleId" = example;
  SET CONSTRAINTS ALL IMMEDIATE;
  DELETE FROM "Revision" WHERE "exampleId" = example;
  DELETE FROM "HeldOutView" WHERE "exampleId" = example;
  DELETE FROM "Example" WHERE "id" = example;
  PERFORM set_config('apprentice.erasing', 'off', true);
  INSERT INTO "AuditEvent" ("workspaceId", "actorId", "action", "subjectType", "subjectId", "data")
    VALUES (workspace, actor, 'example.erased', 'example', example, '{}');
END $$;
REVOKE ALL ON FUNCTION erase_example(uuid, uuid) FROM PUBLIC;

-- Removes a workspace and everything in it except its record. Recorded for the installation.
CREATE FUNCTION erase_workspace(workspace uuid, actor uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM "Workspace" WHERE "id" = workspace FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no_such_workspace' USING ERRCODE = 'P0002';
  END IF;
  PERFORM set_config('apprentice.erasing', 'on', true);
  DELETE FROM "Model" WHERE "workspaceId" = workspace;
  DELETE FROM "Run" WHERE "workspaceId" = workspace;
  DELETE FROM "Quote" WHERE "workspaceId" = workspace;
  DELETE FROM "Export" WHERE "workspaceId" = workspace;
  DELETE FROM "ReleaseItem" i USING "Release" r WHERE r."id" = i."releaseId" AND r."workspaceId" = workspace;
  DELETE FROM "ReleaseExclusion" i USING "Release" r WHERE r."id" = i."releaseId" AND r."workspaceId" = workspace;
  DELETE FROM "Release" WHERE "workspaceId" = workspace;
  UPDATE "Example" SET "status" = 'retired', "currentRevisionId" = NULL, "approvedRevisionId" = NULL WHERE "workspaceId" = workspace;
  DELETE FROM "Review" WHERE "workspaceId" = workspace AND "decision" = 'withdraw';
  DELETE FROM "Review" WHERE "workspaceId" = workspace;
  DELETE FROM "WorkingCopy" WHERE "workspaceId" = workspace;
  SET CONSTRAINTS ALL IMMEDIATE;
  DELETE FROM "Revision" WHERE "workspaceId" = workspace;
  DELETE FROM "HeldOutView" WHERE "workspaceId" = workspace;
  DELETE FROM "Example" WHERE "workspaceId" = workspace;
  DELETE FROM "Import" WHERE "workspaceId" = workspace;
  DELETE FROM "Brief" WHERE "workspaceId" = workspace;
  DELETE FROM "Dataset" WHERE "workspaceId" = workspace;
  DELETE FROM "Job" WHERE "workspaceId" = workspace;
  DELETE FROM "Invitation" WHERE "workspaceId" = workspace;
  ALTER TABLE "Member" DISABLE TRIGGER "Member_last_admin";
  DELETE FROM "Member" WHERE "workspaceId" = workspace;
  ALTER TABLE "Member" ENABLE TRIGGER "Member_last_admin";
  DELETE FROM "Workspace" WHERE "id" = workspace;
  PERFORM set_config('apprentice.erasing', 'off', true);
  INSERT INTO "AuditEvent" ("workspaceId", "actorId", "action", "subjectType", "subjectId", "data")
    VALUES (NULL, actor, 'workspace.erased', 'workspace', workspace, '{}');
END $$;
REVOKE ALL ON FUNCTION erase_workspace(uuid, uuid) FROM PUBLIC;

-- ───────────── Rights of the app's role (embedded database) ─────────────

DO $do$
DECLARE
  name text;
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT USAGE ON SCHEMA public TO apprentice_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO apprentice_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO apprentice_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO apprentice_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO apprentice_app;
    FOREACH name IN ARRAY ARRAY['Revision', 'Review', 'ReleaseItem', 'ReleaseExclusion', 'Export', 'AuditEvent'] LOOP
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM apprentice_app', name);
    END LOOP;
    REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM apprentice_app;
    GRANT EXECUTE ON FUNCTION erase_example(uuid, uuid), erase_workspace(uuid, uuid) TO apprentice_app;
  END IF;
END
$do$;
