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
