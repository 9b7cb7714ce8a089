/** The few functions of the package that are used; it ships no types. */
declare module 'jstat' {
  const jstat: {
    beta: { inv(probability: number, alpha: number, beta: number): number };
    studentt: {
      inv(probability: number, degreesOfFreedom: number): number;
      cdf(value: number, degreesOfFreedom: number): number;
    };
    binomial: { pdf(successes: number, trials: number, probability: number): number };
  };
  export default jstat;
}
