-- Will more examples help: trainings on nested parts of a release, each kept when it ended.

CREATE TABLE "LearningCurve" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "settingsKey" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(6),

    CONSTRAINT "LearningCurve_pkey" PRIMARY KEY ("id")
);
-- One for a release and settings, whichever of its models it is asked for.
CREATE UNIQUE INDEX "LearningCurve_releaseId_settingsKey_key" ON "LearningCurve"("releaseId", "settingsKey");

CREATE TABLE "LearningCurvePoint" (
    "curveId" UUID NOT NULL,
    "share" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "examples" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LearningCurvePoint_pkey" PRIMARY KEY ("curveId", "share", "seed")
);

ALTER TABLE "LearningCurve" ADD CONSTRAINT "LearningCurve_releaseId_fkey"
  FOREIGN KEY ("releaseId", "workspaceId") REFERENCES "Release"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "LearningCurve" ADD CONSTRAINT "LearningCurve_modelId_fkey"
  FOREIGN KEY ("modelId", "workspaceId") REFERENCES "Model"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "LearningCurvePoint" ADD CONSTRAINT "LearningCurvePoint_curveId_fkey"
  FOREIGN KEY ("curveId") REFERENCES "LearningCurve"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "LearningCurvePoint" ADD CONSTRAINT "LearningCurvePoint_measured" CHECK (
  "share" IN (25, 50, 100) AND "seed" BETWEEN 1 AND 3 AND "examples" > 0 AND "seconds" >= 0
  AND "score" > '-Infinity' AND "score" < 'Infinity');

-- What was measured stays; a curve is finished once.
CREATE TRIGGER "LearningCurve_immutable" BEFORE UPDATE OR DELETE ON "LearningCurve" FOR EACH ROW
  EXECUTE FUNCTION ends_once('finishedAt', 'finishedAt');
CREATE TRIGGER "LearningCurvePoint_immutable" BEFORE UPDATE OR DELETE ON "LearningCurvePoint" FOR EACH ROW
  EXECUTE FUNCTION refuse_change_but_erasure('at');

DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['LearningCurve', 'LearningCurvePoint'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO apprentice_app', name);
      EXECUTE format('REVOKE DELETE, TRUNCATE ON %I FROM apprentice_app', name);
    END IF;
  END LOOP;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    REVOKE UPDATE ON "LearningCurvePoint" FROM apprentice_app;
  END IF;
END
$do$;
