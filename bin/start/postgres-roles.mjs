// Two roles: the owner changes the structure, the app reads and writes rows and nothing more.
// Migrations narrow the app's rights per table (REVOKE); PUBLIC has none.
import { superuserUrl, withClient } from './postgres.mjs';

export const ownerRole = 'apprentice_owner';
export const appRole = 'apprentice_app';

/** @param {number} port @param {string} role @param {string} password @param {string} database */
const url = (port, role, password, database) =>
  `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** The rights that hold in every database of ours; safe to run again. */
const rightsSql = `
  ALTER SCHEMA public OWNER TO ${ownerRole};
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO ${appRole};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${appRole};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO ${appRole};
  CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION ${appRole};
`;

/**
 * Makes roles and database where they are missing and returns the two addresses.
 * @param {number} port
 * @param {{ superuser: string, owner: string, app: string }} passwords
 * @param {string} database
 * @returns {Promise<{ databaseUrl: string, directUrl: string }>}
 */
export async function prepareDatabase(port, passwords, database) {
  await withClient(superuserUrl(port, passwords.superuser), async (client) => {
    for (const [role, password] of [
      [ownerRole, passwords.owner],
      [appRole, passwords.app],
    ]) {
      const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (found.rowCount === 0) {
        await client.query(
          `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD ${client.escapeLiteral(password)}`,
        );
      }
    }
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) {
      const name = client.escapeIdentifier(database);
      await client.query(`CREATE DATABASE ${name} OWNER ${ownerRole} TEMPLATE template0`);
    }
    const name = client.escapeIdentifier(database);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${appRole}`);
  });
  await withClient(superuserUrl(port, passwords.superuser, database), (client) =>
    client.query(rightsSql),
  );
  return {
    databaseUrl: url(port, appRole, passwords.app, database),
    directUrl: url(port, ownerRole, passwords.owner, database),
  };
}
