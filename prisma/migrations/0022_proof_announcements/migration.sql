-- Which verdicts of a proof webhooks were told: each part once while people vote, and once at closing.
-- Tried by plain SQL in lib/proofs/decision.db.test.ts.

CREATE TABLE "ProofAnnouncement" (
    "proofId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "atClosing" BOOLEAN NOT NULL,
    "verdict" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProofAnnouncement_pkey" PRIMARY KEY ("proofId", "part", "atClosing")
);

ALTER TABLE "ProofAnnouncement" ADD CONSTRAINT "ProofAnnouncement_proofId_fkey"
  FOREIGN KEY ("proofId", "workspaceId") REFERENCES "Proof"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "ProofAnnouncement" ADD CONSTRAINT "ProofAnnouncement_part" CHECK ("part" IN ('fresh', 'known'));

-- What was told stays told.
CREATE TRIGGER "ProofAnnouncement_immutable" BEFORE UPDATE OR DELETE ON "ProofAnnouncement" FOR EACH ROW
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ProofAnnouncement_no_truncate" BEFORE TRUNCATE ON "ProofAnnouncement" FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_change();

DO $do$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
    GRANT SELECT, INSERT ON "ProofAnnouncement" TO apprentice_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON "ProofAnnouncement" FROM apprentice_app;
  END IF;
END
$do$;
