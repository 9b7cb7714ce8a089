-- At most 40 jobs of a workspace that people or programs began wait or run at a time.

-- Kinds that the workspace owes, whoever is waiting: losing one would break a promise. They are
-- never refused and take no place. Every other kind is limited, also one that is new.
CREATE FUNCTION is_owed_job(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT kind IN (
    'webhook.deliver',
    'regression.ask',
    'curve.measure',
    'person.erase'
  )
$$;

CREATE INDEX "Job_open_idx" ON "Job" ("workspaceId") WHERE "state" IN ('queued', 'running');

CREATE FUNCTION job_limit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Those who begin a job of the same workspace wait for each other here. Not at the row of the
  -- workspace: who begins a run holds that while he waits for a release, and who begins a proof
  -- holds the release when he comes here. This lock is the last that anybody waits for.
  PERFORM pg_advisory_xact_lock(hashtextextended('job_limit ' || NEW."workspaceId"::text, 0));
  IF (SELECT count(*) FROM "Job" WHERE "workspaceId" = NEW."workspaceId"
        AND "state" IN ('queued', 'running') AND NOT is_owed_job("kind")) >= 40 THEN
    RAISE EXCEPTION 'job_limit' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "Job_limit" BEFORE INSERT ON "Job" FOR EACH ROW
  WHEN (NEW."state" IN ('queued', 'running') AND NOT is_owed_job(NEW."kind"))
  EXECUTE FUNCTION job_limit_guard();
-- A row that was ended, owed or another workspace's takes a place like a new one.
CREATE TRIGGER "Job_limit_again" BEFORE UPDATE OF "state", "kind", "workspaceId" ON "Job" FOR EACH ROW
  WHEN (NEW."state" IN ('queued', 'running') AND NOT is_owed_job(NEW."kind")
    AND (OLD."state" NOT IN ('queued', 'running') OR is_owed_job(OLD."kind")
      OR OLD."workspaceId" <> NEW."workspaceId"))
  EXECUTE FUNCTION job_limit_guard();
