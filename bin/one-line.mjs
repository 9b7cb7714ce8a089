// Next writes errors as they are, and an error can quote what somebody sent: with line ends and
// terminal colours that would look like lines of the log, or hide them.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are taken out
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** What is written at once, on one line that shows as it is. @param {string} text */
export const onOneLine = (text) =>
  text
    .replace(/\n(?=[\s\S])/g, '\\n')
    .replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Lets everything that a stream of this process is given stay on one line. @param {NodeJS.WriteStream} stream */
export function keepOnOneLine(stream) {
  const write = stream.write.bind(stream);
  stream.write = /** @type {typeof stream.write} */ (
    (/** @type {string | Uint8Array} */ given, /** @type {any[]} */ ...rest) =>
      write(typeof given === 'string' ? onOneLine(given) : given, ...rest)
  );
}
