// What a person reads when the start cannot go on: one sentence that says what happened and one
// that says what to do. The tests compare these texts, so each lives here and nowhere else.

/** A start-up fault with a text for people; anything else that is thrown is a bug and keeps its stack. */
export class StartFault extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'StartFault';
    this.exitCode = exitCode;
  }
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.floor(bytes / 1_000_000).toLocaleString('en')} MB`;

export const faults = {
  /** @param {string} version */
  nodeTooOld: (version) =>
    new StartFault(
      `Apprentice needs Node 22.12 or newer here, and this is Node ${version}. Install Node 24 from nodejs.org and run npm start again.`,
    ),
  /** @param {number} port */
  portTaken: (port) =>
    new StartFault(
      `Port ${port} is in use by another program. Stop that program, or start Apprentice on another port: PORT=${port + 1} npm start`,
    ),
  /** @param {string} port */
  portInvalid: (port) =>
    new StartFault(
      `PORT is "${port}", which is not a port number. Set it to a number between 1 and 65535, or leave it out for 3000.`,
    ),
  /** @param {string} url */
  alreadyRunning: (url) =>
    new StartFault(
      `Apprentice is already running from this folder at ${url}. Open that link, or stop it with Ctrl-C where it was started.`,
    ),
  /** @param {string} work */
  atWork: (work) => new StartFault(`${work} is at work in this folder. Wait until it is done.`),
  /** @param {string} url */
  stopFirst: (url) =>
    new StartFault(
      `Apprentice is running from this folder at ${url}. Stop it with Ctrl-C where it was started, then run npm run rotate-key again.`,
    ),
  /** @param {string} dataDir */
  nothingInstalled: (dataDir) =>
    new StartFault(
      `There is no installation in ${dataDir}. Set DATA_DIR to the data folder whose key is to be changed.`,
    ),
  keyChangePending: () =>
    new StartFault(
      'A change to another key was cut off. Run npm run rotate-key without a key to finish it, then change to this one.',
    ),
  keyIsPresent: () => new StartFault('The next key is the present one. Nothing was changed.'),
  /** @param {string} where */
  keyInvalid: (where) =>
    new StartFault(`${where} is not 32 bytes in base64. Make a key with: openssl rand -base64 32`),
  /** @param {string} file */
  keyFileUnreadable: (file) => new StartFault(`The file ${file} cannot be read.`),
  keyOfEnvironment: () =>
    new StartFault(
      'The key comes from APP_ENCRYPTION_KEY of the environment, which this program cannot change. Make a key with openssl rand -base64 32, keep it where the other one is kept, and run this again with both: the present key in APP_ENCRYPTION_KEY, the new one in APP_ENCRYPTION_KEY_NEXT or in --key-file FILE.',
    ),
  alreadyStarting: () =>
    new StartFault(
      'Another start of Apprentice is at work in this folder. Wait until it is done, or stop it with Ctrl-C where it was started.',
    ),
  noRegistry: () =>
    new StartFault(
      'The packages could not be downloaded because the package registry does not answer. Check the network connection, and the proxy or registry setting of npm, then run npm start again.',
    ),
  /** @param {string} tail */
  installFailed: (tail) =>
    new StartFault(
      `The packages could not be installed. npm said:\n${tail}\nSolve this, then run npm start again.`,
    ),
  /** @param {string} folder @param {number} free @param {number} needed @param {string} purpose */
  diskFull: (folder, free, needed, purpose) =>
    new StartFault(
      `The disk that holds ${folder} has ${megabytes(free)} free, and ${purpose} needs ${megabytes(needed)}. Free some space, then run npm start again.`,
    ),
  /** @param {string} folder */
  diskFullNow: (folder) =>
    new StartFault(
      `The disk that holds ${folder} is full. Free some space, then run npm start again.`,
    ),
  /** @param {string} name */
  databaseUrlInvalid: (name) =>
    new StartFault(
      `${name} is not a PostgreSQL address. It should look like postgresql://user:password@host:5432/database.`,
    ),
  /** @param {string} name @param {string} where */
  databaseUnreachable: (name, where) =>
    new StartFault(
      `No database answers at ${where}, where ${name} points. Check that PostgreSQL is running there and that the host and port are right.`,
    ),
  /** @param {string} name @param {string} user @param {string} where */
  databaseRefused: (name, user, where) =>
    new StartFault(
      `The database at ${where} does not accept the user name and password in ${name} (user "${user}"). Correct them, then run npm start again.`,
    ),
  /** @param {string} name @param {string} database @param {string} where */
  databaseMissing: (name, database, where) =>
    new StartFault(
      `There is no database "${database}" at ${where}, where ${name} points. Create it, or correct the name, then run npm start again.`,
    ),
  /** @param {string} name @param {string} where @param {string} message */
  databaseOther: (name, where, message) =>
    new StartFault(
      `The database at ${where}, where ${name} points, cannot be used: ${message}. Solve this, then run npm start again.`,
    ),
  /** @param {string} dataDir @param {string} cluster */
  secretsLost: (dataDir, cluster) =>
    new StartFault(
      `The file ${dataDir}/secrets.json does not fit the database in ${cluster}: its passwords are refused. Put the secrets.json that belongs to this database back, then run npm start again.`,
    ),
  /** @param {string} file */
  secretsUnreadable: (file) =>
    new StartFault(
      `The file ${file} cannot be read as JSON. Put the right secrets.json back from a backup; without it the stored credentials of this installation cannot be opened.`,
    ),
  /** @param {string} platform */
  noEmbeddedPostgres: (platform) =>
    new StartFault(
      `There is no embedded PostgreSQL for ${platform}. Install PostgreSQL 16 or newer and set DATABASE_URL to an empty database.`,
    ),
  /** @param {string} log @param {string} tail */
  postgresFailed: (log, tail) =>
    new StartFault(`PostgreSQL did not start. The end of ${log} says:\n${tail}`),
  noUnprivilegedUser: () =>
    new StartFault(
      'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody". Start Apprentice as an ordinary user, or set DATABASE_URL.',
    ),
  /** @param {string} tail @param {string} log */
  buildFailed: (tail, log) =>
    new StartFault(`The app could not be built. The end of ${log} says:\n${tail}`),
  /** @param {string} name @param {string} log @param {string} tail */
  childKeepsDying: (name, log, tail) =>
    new StartFault(
      `The ${name} process ended again and again and was given up. The end of ${log} says:\n${tail}`,
    ),
};
