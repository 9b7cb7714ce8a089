/**
 * Gives the app another environment, for tests of what it is configured to do. To be called before
 * the app reads it, or before its modules are loaded anew. Returns what puts the old one back.
 */
export function setEnvironment(values: Record<string, string>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
