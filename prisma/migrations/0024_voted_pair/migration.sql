-- A vote compares any two ways to answer; without a word of it, the tuned model with another.
ALTER TABLE "ProofPlan" ADD COLUMN "candidate" "ProofArm" NOT NULL DEFAULT 'tuned';
ALTER TABLE "ProofPlan" ADD CONSTRAINT "ProofPlan_pair" CHECK (
  "candidate" = 'tuned'
  OR ("measure" = 'blind_votes' AND "opponent" IS NOT NULL AND "opponent" <> "candidate"));
