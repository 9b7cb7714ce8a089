import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../bin/start/paths.mjs';

/** The address pattern of every page, read from app/ as Next reads it: groups in brackets say nothing. */
export function pagesOfApp(): string[] {
  return globSync('**/page.tsx', { cwd: join(root, 'app') })
    .map((file) => {
      const parts = dirname(file).split('/');
      return `/${parts.filter((part) => part !== '.' && !/^\(.*\)$/.test(part)).join('/')}`;
    })
    .sort();
}
