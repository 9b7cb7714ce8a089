import 'server-only';
import pino from 'pino';

/** JSON lines on standard output. Never log texts, names, addresses or keys: ids only. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { program: process.env.APPRENTICE_PROGRAM ?? 'web' },
  redact: ['password', 'token', 'email', '*.password', '*.token', '*.email', 'headers.cookie'],
});
