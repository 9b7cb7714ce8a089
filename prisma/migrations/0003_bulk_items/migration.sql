CREATE TABLE "BulkItem" (
    "jobId" UUID NOT NULL,
    "exampleId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "outcome" TEXT,
    "versionAfter" INTEGER,
    "before" JSONB,
    "createdId" UUID,

    CONSTRAINT "BulkItem_pkey" PRIMARY KEY ("jobId","exampleId")
);
CREATE INDEX "BulkItem_exampleId_idx" ON "BulkItem"("exampleId");
-- What a job has still to do.
CREATE INDEX "BulkItem_waiting_idx" ON "BulkItem" ("jobId", "exampleId") WHERE "outcome" IS NULL;

ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_jobId_fkey"
  FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_exampleId_fkey"
  FOREIGN KEY ("exampleId") REFERENCES "Example"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- Nothing crosses a workspace's border.
ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_example_workspace_fkey"
  FOREIGN KEY ("exampleId", "workspaceId") REFERENCES "Example" ("id", "workspaceId") ON DELETE CASCADE;
