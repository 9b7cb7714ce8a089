import { defineConfig } from 'prisma/config';

// Only `prisma generate` reads this file; migrations run through bin/migrate.ts,
// which takes its address from the environment.
export default defineConfig({ schema: 'prisma/schema.prisma' });
