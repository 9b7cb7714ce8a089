import { createHash, type KeyObject } from 'node:crypto';
import { isSignedBy, type ManifestSignature } from '@/lib/exports/manifest';
import { judgeProof, toVerdictLines } from '@/lib/proofs/judge';
import { chooseOpponent } from '@/lib/proofs/opponent-rules';
import {
  answersCommitment,
  chainStart,
  heldOutCommitment,
  isCandidateOnA,
  orderKey,
  planCommitment,
  proofCommitment,
  voteHash,
} from '@/lib/proofs/proof-commitment';
import {
  type ReportHeader,
  type ReportItem,
  type ReportResult,
  type ReportVote,
  reportLineSchema,
} from '@/lib/proofs/report-format';
import { fromEarlier, otherVersion, versionOf } from '@/lib/proofs/report-versions';
import { levelOfRun } from '@/lib/proofs/statistics/levels';
import { standingVotes } from '@/lib/proofs/vote-rules';

export type ReportVerification = {
  /** What does not hold, in plain words. */
  faults: string[];
  header: ReportHeader | null;
  result: ReportResult | null;
  /** The rows of the vote, in their order. */
  votes: ReportVote[];
  signature: 'valid' | 'invalid' | 'not checked' | 'missing';
  keyFingerprint: string | null;
};

type Parts = {
  header: ReportHeader | null;
  items: ReportItem[];
  votes: ReportVote[];
  result: ReportResult | null;
  signature: ManifestSignature | null;
  digest: Buffer;
  faults: string[];
};

/** Reads the lines in their order; a line that is not in its one form is named. */
function readLines(bytes: Buffer): Parts {
  const parts: Parts = {
    header: null,
    items: [],
    votes: [],
    result: null,
    signature: null,
    digest: Buffer.alloc(0),
    faults: [],
  };
  const hash = createHash('sha256');
  if (bytes.at(-1) !== 10) parts.faults.push('the last line does not end with a line feed');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const lines = text.split('\n').slice(0, -1);
  let stage = 0;
  let version: number | undefined;
  for (const [index, line] of lines.entries()) {
    let parsed: ReturnType<typeof reportLineSchema.safeParse> | null = null;
    let json: unknown = null;
    try {
      json = JSON.parse(line);
      if (JSON.stringify(json) === line) {
        version ??= versionOf(json);
        parsed = reportLineSchema.safeParse(fromEarlier(json, version));
      }
    } catch {
      parsed = null;
    }
    if (!parsed?.success) {
      parts.faults.push(otherVersion(json) ?? `line ${index + 1} is not as the app writes it`);
      hash.update(line).update('\n');
      continue;
    }
    const value = parsed.data;
    const order = { header: 0, item: 1, vote: 2, result: 3, signature: 4 }[value.kind];
    if (order < stage || (order === stage && order !== 1 && order !== 2 && index > 0))
      parts.faults.push(`line ${index + 1} stands in the wrong place`);
    stage = order;
    if (value.kind === 'signature') parts.signature = value;
    else hash.update(line).update('\n');
    if (value.kind === 'header') parts.header = value;
    if (value.kind === 'item') parts.items.push(value);
    if (value.kind === 'vote') parts.votes.push(value);
    if (value.kind === 'result') parts.result = value;
  }
  parts.digest = hash.digest();
  return parts;
}

/** What was written down before the first answer is what stands here. */
function checkCommitments(header: ReportHeader, items: readonly ReportItem[]): string[] {
  const faults: string[] = [];
  if (planCommitment(header.plan) !== header.planCommitment)
    faults.push('the measure, bar, margin, votes or pair are not those that were sealed');
  if (heldOutCommitment(items) !== header.heldOutCommitment)
    faults.push('the held-out examples are not those that were committed to');
  const { proofId, modelId, adapterSha256, runOrdinal, alpha, orderSeed, sideSecret } = header;
  const commitment = proofCommitment({
    proofId,
    modelId,
    adapterSha256,
    runOrdinal,
    alpha,
    plan: header.planCommitment,
    heldOut: header.heldOutCommitment,
    orderSeed,
    sideSecret,
  });
  if (commitment !== header.commitment)
    faults.push('plan, examples, order, sides or level are not those of the commitment');
  const { opponent } = header;
  const isAnswered =
    header.answersCommitment === null ||
    header.answersCommitment === answersCommitment({ commitment, sideSecret, opponent, items });
  if (!isAnswered) faults.push('the answers are not those that were committed to');
  if (alpha !== levelOfRun(runOrdinal)) faults.push('the level is not that of this judgement');
  if (!(header.planSealedAt <= header.begunAt && header.begunAt <= header.answeredAt))
    faults.push('the plan was sealed after the answers were begun');
  return faults;
}

/** The opponent is the one that the plan names, or the one that the validation examples choose. */
function checkOpponent({ plan, validation, opponent }: ReportHeader): string[] {
  const { base, base_examples, chosenBy } = validation;
  // Whether the brief had rules is not told; each of the two answers follows from one of both cases.
  const chosen = [true, false].map((hasRules) =>
    chooseOpponent({ base, base_examples }, plan.opponent, hasRules),
  );
  return chosen.some((one) => one.opponent === opponent && one.chosenBy === chosenBy)
    ? []
    : ['the opponent is not the one that plan and validation give'];
}

/** Groups and rows stand in the order that the seed gives. */
function checkOrder(header: ReportHeader, items: readonly ReportItem[]): string[] {
  const first = new Map<number, string>();
  for (const { groupNumber, exampleId } of items) {
    const known = first.get(groupNumber);
    if (known === undefined || exampleId < known) first.set(groupNumber, exampleId);
  }
  const keys = [...items]
    .sort((a, b) => a.position - b.position)
    .map(
      ({ groupNumber, exampleId }) =>
        orderKey(header.orderSeed, `group:${first.get(groupNumber)}`) +
        orderKey(header.orderSeed, `row:${exampleId}`),
    );
  return keys.every((key, index) => index === 0 || (keys[index - 1] as string) < key)
    ? []
    : ['the examples do not stand in the order that the seed gives'];
}

/** Every vote is there, unchanged, on its side, in its place. */
function checkVotes(
  header: ReportHeader,
  items: readonly ReportItem[],
  votes: readonly ReportVote[],
): string[] {
  const faults: string[] = [];
  const examples = new Set(items.map((item) => item.exampleId));
  const cast = new Map<number, ReportVote>();
  let previous = chainStart(header);
  let expected = 1;
  for (const vote of votes) {
    for (; expected < vote.ordinal; expected += 1) faults.push(`vote ${expected} is missing`);
    if (vote.ordinal < expected) faults.push(`vote ${vote.ordinal} stands twice`);
    expected = vote.ordinal + 1;
    if (voteHash(previous, vote) !== vote.hash)
      faults.push(`vote ${vote.ordinal} was changed, or one before it`);
    if (isCandidateOnA(header.sideSecret, vote.voter, vote.exampleId) !== vote.candidateOnA)
      faults.push(`the sides of vote ${vote.ordinal} are swapped`);
    if (!examples.has(vote.exampleId)) faults.push(`vote ${vote.ordinal} is about another example`);
    if (vote.at < header.answeredAt || vote.at > header.closedAt)
      faults.push(`vote ${vote.ordinal} was cast while no vote was open`);
    const undone = vote.undoes === null ? null : cast.get(vote.undoes);
    if (vote.undoes !== null && (!undone || undone.voter !== vote.voter || undone.choice === null))
      faults.push(`vote ${vote.ordinal} undoes what it may not`);
    cast.set(vote.ordinal, vote);
    previous = vote.hash;
  }
  const standing = new Set<string>();
  for (const { ordinal, voter, exampleId } of standingVotes(votes)) {
    const name = `${voter} ${exampleId}`;
    if (standing.has(name)) faults.push(`vote ${ordinal} is a second one of its voter`);
    standing.add(name);
  }
  return faults;
}

/** The result that items and votes give is the one that is told. */
function checkResult(
  header: ReportHeader,
  items: readonly ReportItem[],
  votes: readonly ReportVote[],
  result: ReportResult,
): string[] {
  const faults: string[] = [];
  for (let missing = votes.length + 1; missing <= result.votes; missing += 1)
    faults.push(`vote ${missing} is missing`);
  if (result.votes < votes.length) faults.push('there are more votes than the result counts');
  if (result.items !== items.length) faults.push('the result counts other examples');
  if ((votes.at(-1)?.hash ?? chainStart(header)) !== result.lastHash)
    faults.push('the last vote is not the one that the result names');
  const { plan, alpha, opponent } = header;
  const verdicts = toVerdictLines(
    judgeProof({ plan, alpha, opponent, items, votes, isClosed: true }),
  );
  if (JSON.stringify(verdicts) !== JSON.stringify(result.verdicts))
    faults.push('the verdict is not the one that these examples and votes give');
  return faults;
}

/**
 * Verifies a proof's report without the app and its database: that measure, bar, margin, examples,
 * order and sides are those committed to before the first vote, that no vote is missing or
 * changed, and that the verdict follows. `key` is the trusted public key.
 */
export function verifyReport(bytes: Buffer, key: KeyObject | null): ReportVerification {
  const parts = readLines(bytes);
  const { header, items, votes, result, faults } = parts;
  if (!header) faults.push('the header is missing');
  if (!result) faults.push('the result is missing');
  if (header) {
    faults.push(...checkCommitments(header, items));
    faults.push(...checkOpponent(header));
    faults.push(...checkOrder(header, items));
    faults.push(...checkVotes(header, items, votes));
    if (result) faults.push(...checkResult(header, items, votes, result));
  }
  let signature: ReportVerification['signature'] = 'missing';
  if (parts.signature) {
    const isWhole = parts.signature.manifestSha256 === parts.digest.toString('hex');
    if (!isWhole) signature = 'invalid';
    else if (!key) signature = 'not checked';
    else signature = isSignedBy(parts.signature, parts.digest, key) ? 'valid' : 'invalid';
  }
  if (signature === 'missing') faults.push('the signature is missing');
  if (signature === 'invalid') faults.push('the signature does not fit: a byte was changed');
  return {
    faults: [...new Set(faults)],
    header,
    result,
    votes,
    signature,
    keyFingerprint: parts.signature?.keyFingerprint ?? null,
  };
}
