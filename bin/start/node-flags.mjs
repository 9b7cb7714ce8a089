/**
 * How Node starts the worker. Streaming a file of any size leaves some 40 MB alive, but V8 lets
 * garbage pile up to several times that while a long import goes on. A smaller young generation
 * and an earlier collection keep the peak of 200,000 rows within a few MB of that of 27,000
 * (bench/import-memory.mjs), at no measurable cost in speed.
 */
export const workerFlags = [
  '--enable-source-maps',
  '--conditions=react-server',
  '--heap-growing-percent=25',
  '--max-semi-space-size=8',
];

/** How Node starts the web server: what an upload leaves behind is collected early, for the same reason. */
export const webFlags = ['--heap-growing-percent=25', '--max-semi-space-size=8'];
