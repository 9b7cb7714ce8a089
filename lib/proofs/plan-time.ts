/** Whether a plan was written down before the training that it judges began. Pure. */
export const isPlanBeforeRun = (sealedAt: Date, runStartedAt: Date | null): boolean =>
  runStartedAt !== null && sealedAt < runStartedAt;

/** The same of a proof file, as a sentence for its verifier. Pure. */
export const planTimeLine = (header: { planSealedAt: string; runStartedAt: string | null }) =>
  isPlanBeforeRun(
    new Date(header.planSealedAt),
    header.runStartedAt === null ? null : new Date(header.runStartedAt),
  )
    ? 'The plan was written down before the training began.'
    : 'NOTE the plan was written down after the training had begun.';
