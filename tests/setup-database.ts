// Runs before a *.db.test.ts file is loaded, so lib/db.ts sees the address of this file's own database.
import { afterAll } from 'vitest';
import { attachTestDatabase } from './database';

const database = await attachTestDatabase();

afterAll(() => database.drop());
