import type { JobDefinition } from '@/lib/jobs';

/** Every kind of job that the worker takes: one line each. */
export const jobDefinitions: JobDefinition[] = [];
