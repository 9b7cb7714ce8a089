import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appSecrets } from './environment.mjs';
import { beginKeyChange, endKeyChange, loadSecrets } from './secrets.mjs';

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

describe('the key of stored secrets is changed', () => {
  const chosen = Buffer.alloc(32, 5).toString('base64');

  test('by way of both, for their owner alone, and nothing else changes', () => {
    const { APP_ENCRYPTION_KEY: old, ...others } = loadSecrets(folder);
    const { current, next } = beginKeyChange(folder, undefined);
    expect(current).toBe(old);
    expect(Buffer.from(next, 'base64')).toHaveLength(32);
    expect(next).not.toBe(old);
    expect(loadSecrets(folder)).toEqual({
      ...others,
      APP_ENCRYPTION_KEY: old,
      APP_ENCRYPTION_KEY_NEXT: next,
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    endKeyChange(folder);
    expect(loadSecrets(folder)).toEqual({ ...others, APP_ENCRYPTION_KEY: next });
    expect(readFileSync(file(), 'utf8')).not.toContain(old);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  test('cut off, with the key that it began with', () => {
    const begun = beginKeyChange(folder, chosen);
    expect(begun.next).toBe(chosen);
    expect(beginKeyChange(folder, undefined)).toEqual(begun);
    expect(beginKeyChange(folder, chosen)).toEqual(begun);
    expect(() => beginKeyChange(folder, Buffer.alloc(32, 6).toString('base64'))).toThrow(
      'A change to another key was cut off.',
    );
    endKeyChange(folder);
    const ended = loadSecrets(folder);
    endKeyChange(folder);
    expect(loadSecrets(folder)).toEqual(ended);
    expect(() => beginKeyChange(folder, chosen)).toThrow('The next key is the present one.');
  });

  test('and the next one stays behind where the environment gives a key', () => {
    beginKeyChange(folder, chosen);
    const secrets = loadSecrets(folder);
    expect(appSecrets(secrets)).toMatchObject({ APP_ENCRYPTION_KEY_NEXT: chosen });
    const names = Object.keys(appSecrets(secrets, { ...process.env, APP_ENCRYPTION_KEY: 'given' }));
    expect(names).not.toContain('APP_ENCRYPTION_KEY_NEXT');
  });
});
