// Progress on the terminal: one line that changes, or a line now and then where there is no terminal.
const live = process.stdout.isTTY === true;

/** @param {string} text */
export function say(text) {
  process.stdout.write(live ? `\r\u001b[K${text}\n` : `${text}\n`);
}

/**
 * A meter of something that is counted. Never moves by itself.
 * @param {string} label
 * @returns {{ update: (done: number, total: number, detail?: string) => void, end: (text?: string) => void }}
 */
export function meter(label) {
  let printed = -1;
  return {
    update(done, total, detail = '') {
      const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
      const text = `${label}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${detail && ` ${detail}`} (${percent} %)`;
      if (live) process.stdout.write(`\r\u001b[K${text}`);
      else if (Math.floor(percent / 20) > printed) {
        printed = Math.floor(percent / 20);
        process.stdout.write(`${text}\n`);
      }
    },
    end(text) {
      if (live) process.stdout.write('\r\u001b[K');
      if (text) process.stdout.write(`${text}\n`);
    },
  };
}
