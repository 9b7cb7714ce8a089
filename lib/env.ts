import 'server-only';
import { z } from 'zod';

/** Scheme, host and port as a URL writes them, and nothing else. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;

const encryptionKey = z
  .base64()
  .refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64');

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
  APP_ENCRYPTION_KEY: encryptionKey
    .optional()
    .describe(
      '32 bytes in base64 that seal stored secrets, such as those of webhooks. npm start makes one; without it they cannot be used.',
    ),
  APP_ENCRYPTION_KEY_NEXT: encryptionKey
    .optional()
    .describe(
      'The key that npm run rotate-key changes to. While it is set, it seals, and both keys open.',
    ),
  WEBHOOK_ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list, context) => {
      const origins = list.split(/[\s,]+/).filter(Boolean);
      for (const origin of origins)
        if (!isOrigin(origin))
          context.addIssue(`${origin} is not an origin like https://host:8443`);
      return origins;
    })
    .describe(
      'Origins, with commas between, that webhooks may reach although they are private, plain http or on another port than 443, such as http://10.1.2.3:8080.',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much web and worker log, as JSON lines on standard output.'),
  REGRESSION_SET: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'off does not ask every new model the regression set by itself; admins can on its page.',
    ),
  TRAINER_PYTHON: z
    .string()
    .optional()
    .describe('Python of the trainer. Default: the one in DATA_DIR/trainer/venv.'),
  /** Folder of the program; holds trainer/. Set by the programs that start others. */
  APPRENTICE_ROOT: z.string().optional(),
  PSEUDO_LOCALE: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      '1 lets a browser with the cookie locale=en-XA see every text accented and bracketed, to find untranslated ones.',
    ),
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

/** What a program that the app starts needs of the environment, and none of its secrets. */
export const childEnvironment = (): Pick<NodeJS.ProcessEnv, 'NODE_ENV' | 'PATH' | 'HOME'> => {
  const { NODE_ENV, PATH, HOME } = process.env;
  return { NODE_ENV, PATH, HOME };
};
