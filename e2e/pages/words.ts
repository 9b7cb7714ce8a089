// Finds text that no translation reached. In the pseudo-locale every translated text has accents in
// place of its small letters, and the scene writes all its data in capitals: so small letters
// without an accent are a text that stands in the code.
import type { Page } from '@playwright/test';
import { PSEUDO_LOCALE } from '../../i18n/pseudo-locale';

export const pseudoLocale = { name: 'locale', value: PSEUDO_LOCALE };

const unit = '(second|minute|hour|day|week|month|year)s?';

/** What may stand on a page in small letters, because it is data that cannot be in capitals. */
const data: [RegExp, string][] = [
  [/\/w\/shop-[0-9a-f]+/g, 'addresses of workspaces'],
  [/[\w.-]+@[\w.-]+\.example/g, 'addresses, which are kept in small letters'],
  [/https:\/\/\S+|\bhooks\.nordlicht\.example\b/g, 'addresses of webhooks'],
  [/\b[0-9a-f]{8,}\b/g, 'hashes and references'],
  [/\bsmollm2-135m-instruct(-run-\d+)?\b/g, 'the name of the base model and of what came of it'],
  [/\b(openai-chat|trl-prompt-completion)(?=\b)/g, 'names of file formats'],
  [/\b(Ctrl|Esc|Enter|Shift|Alt|Space|Tab)\b/g, 'what is printed on keys'],
  [/\bnpm (start|run [\w-]+)( --( --?[\w-]+| [A-Z]+)*)?/g, 'what one types at the terminal'],
  [/\bFernwick Cycles \(sample\)/g, 'the name of the sample workspace'],
  [
    /^Dismiss$/g,
    'what Base UI calls the way out of a combobox for screen readers, with no way to say it otherwise',
  ],
  [/\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g, 'dates, which the browser writes'],
  [/\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}( at\b)?/g, 'dates, which the browser writes'],
  [new RegExp(`\\b\\d+ ${unit} ago\\b|\\bin \\d+ ${unit}\\b`, 'g'), 'times, likewise'],
  [/\b(yesterday|today|tomorrow|now|this minute|last week|next week)\b/g, 'times, likewise'],
  [/(?<=[\]”]),? (and|or) (?=[[“])/g, 'lists, which the browser joins'],
];

/** Everything that a person can read or hear on the page: texts, names, hints, the title. */
const readable = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('script, style, noscript, textarea, [translate=no]')) continue;
      if (parent.checkVisibility()) found.add(node.textContent ?? '');
    }
    for (const name of [
      'aria-label',
      'aria-description',
      'aria-valuetext',
      'title',
      'placeholder',
      'alt',
    ])
      for (const element of document.querySelectorAll(`body [${name}]`))
        found.add(element.getAttribute(name) ?? '');
    return [...found];
  });

/** The texts of the page that nobody could translate. */
export async function untranslated(page: Page): Promise<string[]> {
  const texts = await readable(page);
  const rest = (text: string) => data.reduce((left, [pattern]) => left.replace(pattern, ''), text);
  return texts.filter((text) => /[a-z]{2,}/.test(rest(text))).map((text) => text.trim());
}
