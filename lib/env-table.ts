import { envSchema } from '@/lib/env';

/** Settings that only `npm start` and `npm run dev` read, before the app is there. */
const startSettings: [name: string, fallback: string, meaning: string][] = [
  ['HOST', '127.0.0.1', 'Address on which the web server of npm start listens; 0.0.0.0 for all.'],
  ['PORT', '3000', 'Port of the web server on this machine.'],
  ['SAMPLE', '1', '0 leaves the sample workspace out of an empty database.'],
  ['APPRENTICE_TRAINER', '1', '0 does not install the trainer; training is then not available.'],
  ['TORCH_INDEX_URL', '', 'Package index to take PyTorch from.'],
];

/** The configuration table of the README, in Markdown. Source: lib/env.ts and the list above. */
export function envTable(): string {
  const rows = Object.entries(envSchema.shape)
    .filter(([, field]) => field.description !== undefined)
    .map(([name, field]) => {
      const fallback = field.safeParse(undefined);
      const text = String((fallback.success && fallback.data) || '');
      const value = text ? `\`${text}\`` : '';
      return `| \`${name}\` | ${value} | ${field.description} |`;
    });
  const start = startSettings.map(
    ([name, fallback, meaning]) =>
      `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${meaning} |`,
  );
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows, ...start].join('\n');
}
