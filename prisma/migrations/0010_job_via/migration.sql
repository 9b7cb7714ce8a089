-- What a job records is told as begun by a person's session or by a program of theirs.
ALTER TABLE "Job" ADD COLUMN "via" "ViewerKind" NOT NULL DEFAULT 'session';
