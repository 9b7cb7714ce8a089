import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appSecrets } from './environment.mjs';
import { loadSecrets } from './secrets.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'secrets.json');

test('are made once, for their owner alone', () => {
  const made = loadSecrets(folder);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(loadSecrets(folder)).toEqual(made);
  expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
  expect(Buffer.from(made.APP_ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect(Buffer.from(made.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  const key = createPrivateKey({
    key: Buffer.from(made.SIGNING_KEY, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  expect(key.asymmetricKeyType).toBe('ed25519');
});

test('that a newer version adds join the old ones', () => {
  const { SIGNING_KEY: _, ...older } = loadSecrets(folder);
  writeFileSync(file(), JSON.stringify(older), { mode: 0o644 });
  const now = loadSecrets(folder);
  expect(now).toMatchObject(older);
  expect(now.SIGNING_KEY).not.toBe('');
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(now);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('that cannot be read are never replaced', () => {
  writeFileSync(file(), '{"NEXTAUTH_SECRET": ');
  expect(() => loadSecrets(folder)).toThrow(
    `The file ${file()} cannot be read as JSON. Put the right secrets.json back from a backup; without it the stored credentials of this installation cannot be opened.`,
  );
  expect(readFileSync(file(), 'utf8')).toBe('{"NEXTAUTH_SECRET": ');
});

test('of the database stay with the start program', () => {
  const names = Object.keys(appSecrets(loadSecrets(folder)));
  expect(names.filter((name) => name.includes('POSTGRES'))).toEqual([]);
  expect(names).toContain('NEXTAUTH_SECRET');
});
