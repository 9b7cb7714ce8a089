import 'server-only';
import { Prisma } from '@/lib/db';
import type { OpponentArm } from '@/lib/proofs/proof-schema';

/** That a row `v` of the vote is a vote and was not taken back. */
export const isStanding = Prisma.sql`v."choice" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "ProofVote" u WHERE u."undoesId" = v."id")`;

type VotedProof = { id: string; opponent: OpponentArm };

/** FROM: the rows of a proof (`i`) with both answers (`t`, `o`) and their example as it is now (`today`). */
export const votedItems = ({ opponent }: VotedProof) => Prisma.sql`"ProofItem" i
  JOIN "ProofAnswer" t ON t."proofId" = i."proofId" AND t."exampleId" = i."exampleId" AND t."arm" = 'tuned'
  JOIN "ProofAnswer" o ON o."proofId" = i."proofId" AND o."exampleId" = i."exampleId"
    AND o."arm" = ${opponent}::"ProofArm"
  LEFT JOIN "Example" today ON today."id" = i."exampleId"`;

/** WHERE: people are asked about a row of these: its answers differ, and nothing of its group was erased. */
export const isAskedAbout = ({ id, opponent }: VotedProof) => Prisma.sql`i."proofId" = ${id}::uuid
  AND t."error" IS NULL AND o."error" IS NULL AND t."sha256" <> o."sha256"
  AND NOT EXISTS (
    SELECT 1 FROM "ProofItem" g
    JOIN "ProofAnswer" a ON a."proofId" = g."proofId" AND a."exampleId" = g."exampleId"
    WHERE g."proofId" = i."proofId" AND g."groupNumber" = i."groupNumber" AND a."erasureId" IS NOT NULL
      AND a."arm" IN ('tuned', ${opponent}::"ProofArm"))`;
