-- Seals are written by the thousand, so their guard looks at all of a statement at once: one query for
-- each row cost writers, who share the processors, more than the record itself.
DROP TRIGGER "AuditSeal_guard" ON "AuditSeal";
DROP FUNCTION audit_seal_guard();

-- New seals follow the last one of their chain without a gap, and stand in the chain of their entry.
-- Which of two that follow the same seal stands, the primary key decides.
CREATE FUNCTION audit_seal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1
    FROM (
      SELECT f."chain", min(f."sequence") AS "first", max(f."sequence") AS "last", count(*) AS "seals"
      FROM fresh f GROUP BY f."chain"
    ) g
    WHERE g."last" - g."first" + 1 <> g."seals"
      OR (g."first" <> 1 AND NOT EXISTS (
        SELECT 1 FROM "AuditSeal" s WHERE s."chain" = g."chain" AND s."sequence" = g."first" - 1))
  ) THEN
    RAISE EXCEPTION 'seal_out_of_sequence' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT 1 FROM fresh f JOIN "AuditEvent" e ON e."id" = f."eventId"
    WHERE coalesce(e."workspaceId", '00000000-0000-0000-0000-000000000000'::uuid) <> f."chain"
  ) THEN
    RAISE EXCEPTION 'seal_in_other_chain' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "AuditSeal_guard" AFTER INSERT ON "AuditSeal" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION audit_seal_guard();
