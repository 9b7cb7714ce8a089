import { expect } from 'vitest';

/**
 * Starts to measure the processor time of this thread; the answer tells the milliseconds used so
 * far. The clock would also count what others do on a busy machine.
 */
export function processorTimer(): () => number {
  const begin = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(begin);
    return (user + system) / 1_000;
  };
}

/** Demands that work over texts of one repeated piece grows with them, and not with their square. */
export function expectLinear(piece: string, work: (text: string) => unknown): void {
  const milliseconds = (length: number) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    const times = [0, 1, 2].map(() => {
      const usedTime = processorTimer();
      work(text);
      return usedTime();
    });
    return Math.min(...times);
  };
  milliseconds(10_000);
  const short = milliseconds(50_000);
  const long = milliseconds(200_000);
  // Four times the text; quadratic work would take sixteen times as long.
  expect(long).toBeLessThan(Math.max(10 * short, 60));
}
