import { envTable } from '@/lib/env-table';

/** npm run config-table: prints the configuration table that stands in the README. */
console.log(envTable());
