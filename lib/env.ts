import 'server-only';
import { z } from 'zod';

/**
 * Everything that the app reads from its environment, once. `describe` is the text of the
 * README's configuration table, which is generated from here.
 */
export const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  APP_URL: z
    .url()
    .default('http://localhost:3000')
    .describe('Address at which people open the app; https outside this machine.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .describe('PostgreSQL 15 or newer. Unset: npm start runs its own in .data/postgres.'),
  DATABASE_DIRECT_URL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Direct address of the same database for migrations and LISTEN, when DATABASE_URL goes through a pooler. Default: DATABASE_URL.',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder for files: imports, exports, models, adapters.'),
  NEXTAUTH_SECRET: z
    .string()
    .min(32)
    .describe('Signs session tokens. npm start makes one on the first run.'),
  SIGNING_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Ed25519 private key (PKCS 8, base64) that signs manifests. npm start makes one.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much web and worker log, as JSON lines on standard output.'),
  TRAINER_PYTHON: z
    .string()
    .optional()
    .describe('Python of the trainer. Default: the one in DATA_DIR/trainer/venv.'),
  /** Folder of the program; holds trainer/. Set by the programs that start others. */
  APPRENTICE_ROOT: z.string().optional(),
  PSEUDO_LOCALE: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 shows every text accented and bracketed, to find untranslated ones.'),
});

export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** The parsed environment. Throws one readable list of everything that is missing or wrong. */
export function env(): Env {
  if (parsed) return parsed;
  const result = envSchema.safeParse(process.env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable:\n${lines.join('\n')}`);
  }
  parsed = result.data;
  return parsed;
}
