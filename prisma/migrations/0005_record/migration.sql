-- The record is sealed: each entry gets a place in a hash chain, written once beside it, by the
-- worker and after the commit of the change, so that writers never wait for the head of a chain.

-- The transaction that wrote the entry. The sealer reads on from the oldest transaction that was
-- still open at its last look, so that an entry which commits late is never passed over.
ALTER TABLE "AuditEvent" ADD COLUMN "xid" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX "AuditEvent_xid_id_idx" ON "AuditEvent" ("xid", "id");
-- The record's page, narrowed to a person.
CREATE INDEX "AuditEvent_workspaceId_actorId_at_id_idx" ON "AuditEvent" ("workspaceId", "actorId", "at", "id");

CREATE TABLE "AuditSeal" (
  -- The workspace, or the nil UUID for the installation's own chain.
  "chain" uuid NOT NULL,
  "sequence" integer NOT NULL,
  "eventId" uuid NOT NULL,
  "hash" text NOT NULL,
  "sealedAt" timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("chain", "sequence"),
  CONSTRAINT "AuditSeal_hash_is_sha256" CHECK ("hash" ~ '^[0-9a-f]{64}$')
);
CREATE UNIQUE INDEX "AuditSeal_eventId_key" ON "AuditSeal" ("eventId");
ALTER TABLE "AuditSeal" ADD CONSTRAINT "AuditSeal_eventId_fkey"
  FOREIGN KEY ("eventId") REFERENCES "AuditEvent" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A seal follows the last one of its chain without a gap, and stands in the chain of its entry.
CREATE FUNCTION audit_seal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last integer;
  entry record;
BEGIN
  SELECT "sequence" INTO last FROM "AuditSeal" WHERE "chain" = NEW."chain" ORDER BY "sequence" DESC LIMIT 1;
  IF NEW."sequence" <> coalesce(last, 0) + 1 THEN
    RAISE EXCEPTION 'seal_out_of_sequence' USING ERRCODE = '23514';
  END IF;
  SELECT "workspaceId" INTO entry FROM "AuditEvent" WHERE "id" = NEW."eventId";
  IF coalesce(entry."workspaceId", '00000000-0000-0000-0000-000000000000'::uuid) <> NEW."chain" THEN
    RAISE EXCEPTION 'seal_in_other_chain' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "AuditSeal_guard" BEFORE INSERT ON "AuditSeal" FOR EACH ROW EXECUTE FUNCTION audit_seal_guard();
CREATE TRIGGER "AuditSeal_immutable" BEFORE UPDATE OR DELETE ON "AuditSeal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditSeal_no_truncate" BEFORE TRUNCATE ON "AuditSeal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON "AuditSeal" FROM apprentice_app;
  END IF;
END
$do$;

-- ───────────── Erasure of a person ─────────────

-- One erasure: who asked, how much it touched. No name, address or text of whom it was about.
CREATE TABLE "Erasure" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspaceId" uuid NOT NULL,
  "counts" jsonb NOT NULL,
  -- Keys of stored files that no row names any more and that must still be removed.
  "pendingFiles" text[] NOT NULL DEFAULT ARRAY[]::text[],
  "createdById" uuid NOT NULL,
  "createdAt" timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finishedAt" timestamptz(6),
  CONSTRAINT "Erasure_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Erasure_workspaceId_idx" ON "Erasure" ("workspaceId");
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_workspaceId_fkey"
  FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a frozen release held and was erased: the release keeps its word about what it was.
CREATE TABLE "ErasedItem" (
  "releaseId" uuid NOT NULL,
  "exampleId" uuid NOT NULL,
  "revisionId" uuid NOT NULL,
  "erasureId" uuid NOT NULL,
  "split" "Split" NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT "ErasedItem_pkey" PRIMARY KEY ("releaseId", "exampleId")
);
CREATE INDEX "ErasedItem_erasureId_idx" ON "ErasedItem" ("erasureId");
CREATE INDEX "ErasedItem_revisionId_idx" ON "ErasedItem" ("revisionId");
ALTER TABLE "ErasedItem" ADD CONSTRAINT "ErasedItem_releaseId_fkey"
  FOREIGN KEY ("releaseId") REFERENCES "Release" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ErasedItem" ADD CONSTRAINT "ErasedItem_erasureId_fkey"
  FOREIGN KEY ("erasureId") REFERENCES "Erasure" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TRIGGER "ErasedItem_immutable" BEFORE UPDATE OR DELETE ON "ErasedItem" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ErasedItem_no_truncate" BEFORE TRUNCATE ON "ErasedItem" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Removes examples of one workspace with all that hangs on them, also from frozen releases, for an
-- open erasure of an admin. Files that hold them lose their row; their keys wait in the erasure.
CREATE FUNCTION erase_examples(erasure uuid, examples uuid[], actor uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  workspace uuid;
  erased integer;
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
  PERFORM set_config('apprentice.erasing', 'on', true);
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
    REVOKE UPDATE, DELETE, TRUNCATE ON "ErasedItem" FROM apprentice_app;
    REVOKE DELETE, TRUNCATE ON "Erasure" FROM apprentice_app;
    GRANT EXECUTE ON FUNCTION erase_examples(uuid, uuid[], uuid) TO apprentice_app;
  END IF;
END
$do$;
