import { faults } from './fault.mjs';
import { withClient } from './postgres.mjs';

/**
 * Tries an address that a person set, before anything depends on it.
 * @param {string} name of the variable @param {string} value
 */
export async function checkDatabase(name, value) {
  /** @type {URL} */
  let url;
  try {
    url = new URL(value);
  } catch {
    throw faults.databaseUrlInvalid(name);
  }
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw faults.databaseUrlInvalid(name);
  const where = `${url.hostname || 'localhost'}:${url.port || 5432}`;
  const database = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  try {
    await withClient(value, (client) => client.query('SELECT 1'));
  } catch (error) {
    const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
    if (code === '28P01' || code === '28000') throw faults.databaseRefused(name, user, where);
    if (code === '3D000') throw faults.databaseMissing(name, database, where);
    if (!code || /^E[A-Z]+/.test(code)) throw faults.databaseUnreachable(name, where);
    throw faults.databaseOther(name, where, message);
  }
}
