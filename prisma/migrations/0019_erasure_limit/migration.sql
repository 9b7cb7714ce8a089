-- One person at a time is erased in a workspace: what a second erasure would touch changes under it.

CREATE FUNCTION erasure_limit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two who begin at once wait for each other here.
  PERFORM pg_advisory_xact_lock(hashtextextended('erasure_limit ' || NEW."workspaceId"::text, 0));
  IF EXISTS (SELECT 1 FROM "Job" WHERE "workspaceId" = NEW."workspaceId"
        AND "kind" = 'person.erase' AND "state" IN ('queued', 'running')) THEN
    RAISE EXCEPTION 'erasure_limit' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "Job_one_erasure" BEFORE INSERT ON "Job" FOR EACH ROW
  WHEN (NEW."state" IN ('queued', 'running') AND NEW."kind" = 'person.erase')
  EXECUTE FUNCTION erasure_limit_guard();
