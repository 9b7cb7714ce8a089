import { expect, test } from 'vitest';
import { groupConcurrency, queueConcurrency, queueNames } from '@/lib/queue';

// The queue refuses to start a worker otherwise.
test('no group may have more places than its queue', () => {
  for (const name of queueNames)
    expect(groupConcurrency[name] ?? 1, name).toBeLessThanOrEqual(queueConcurrency[name]);
});
