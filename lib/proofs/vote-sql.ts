import 'server-only';
import { Prisma } from '@/lib/db';
import type { VotedPair } from '@/lib/proofs/proof-schema';

/** That a row `v` of the vote is a vote and was not taken back. */
export const isStanding = Prisma.sql`v."choice" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "ProofVote" u WHERE u."undoesId" = v."id")`;

/** That an arm is one of the two that are voted on. */
export const isOfPair = (arm: Prisma.Sql, { candidate, opponent }: VotedPair) =>
  Prisma.sql`${arm} IN (${candidate}::"ProofArm", ${opponent}::"ProofArm")`;

type VotedProof = VotedPair & { id: string };

/** FROM: the rows of a proof (`i`) with both answers (`c`, `o`) and their example as it is now (`today`). */
export const votedItems = ({ candidate, opponent }: VotedPair) => Prisma.sql`"ProofItem" i
  JOIN "ProofAnswer" c ON c."proofId" = i."proofId" AND c."exampleId" = i."exampleId"
    AND c."arm" = ${candidate}::"ProofArm"
  JOIN "ProofAnswer" o ON o."proofId" = i."proofId" AND o."exampleId" = i."exampleId"
    AND o."arm" = ${opponent}::"ProofArm"
  LEFT JOIN "Example" today ON today."id" = i."exampleId"`;

/** WHERE: people are asked about a row of these: its answers differ, and nothing of its group was erased. */
export const isAskedAbout = ({ id, ...pair }: VotedProof) => Prisma.sql`i."proofId" = ${id}::uuid
  AND c."error" IS NULL AND o."error" IS NULL AND c."sha256" <> o."sha256"
  AND NOT EXISTS (
    SELECT 1 FROM "ProofItem" g
    JOIN "ProofAnswer" a ON a."proofId" = g."proofId" AND a."exampleId" = g."exampleId"
    WHERE g."proofId" = i."proofId" AND g."groupNumber" = i."groupNumber" AND a."erasureId" IS NOT NULL
      AND ${isOfPair(Prisma.sql`a."arm"`, pair)})`;
