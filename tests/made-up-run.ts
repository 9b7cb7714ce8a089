// A finished run as tests make it up: what it was asked for, and what it measured.

export const runSettings = {
  epochs: 1,
  learningRate: 0.001,
  loraRank: 8,
  batchSize: 4,
  seed: 1,
  maxNewTokens: 16,
};

const arm = { loss: 1, lossTokens: 1, pass: { passed: 1, total: 1 }, rules: [] };
const group = { rows: 1, base: arm, tuned: arm, human: arm };
export const evaluation = {
  known: group,
  fresh: group,
  all: group,
  failedRows: 0,
  settings: { decoding: 'greedy', maxNewTokens: 16, batchSize: 1, dtype: 'f32', baseModel: null },
};
