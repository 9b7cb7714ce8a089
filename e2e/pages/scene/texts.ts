// Texts that try a page: long words, a long mail, right to left, emoji, and almost nothing.

const paragraph =
  'I am writing about the order that I placed three weeks ago, and I would like to tell you the ' +
  'whole story, because the last two answers that I got did not fit my question at all.';

/** 2,000 words, as people write who are cross. */
export const longMail = Array.from({ length: 56 }, (_, at) =>
  at % 7 === 6 ? `${paragraph}\n\nPart ${at + 1}.` : paragraph,
).join(' ');

/** Prompts and replies that a page must bear; each becomes an example in review. */
export const hardTexts = [
  {
    topic: 'Donaudampfschifffahrtsgesellschaftsangelegenheiten',
    prompt:
      'Wo bleibt meine Fahrradschlauchreparaturwerkzeugkastenersatzteillieferungsbestätigungsnummer?',
    reply:
      'Die Fahrradschlauchreparaturwerkzeugkastenersatzteillieferungsbestätigungsnummer kommt morgen mit der Post.',
  },
  { topic: 'Complaint', prompt: longMail, reply: 'We read every word of it and call you today.' },
  {
    topic: 'שירות',
    prompt: 'שלום, האופניים שלי עדיין לא הגיעו. מתי הם יגיעו?',
    reply: 'שלום, הם יוצאים מאיתנו מחר בבוקר ומגיעים ביום רביעי.',
  },
  { topic: 'Emoji 🚲', prompt: '🚲💥😭👨‍👩‍👧‍👦?', reply: '🔧 👍🏽' },
  { topic: 'Bare', prompt: '?', reply: '.' },
] as const;

/** Questions that have nothing in common, so that each is a group of its own in a release. */
const questions = [
  ['May I bring my own bell?', 'Yes, we screw it on while you wait.'],
  ['Is the yard open on Sundays?', 'No, the gate stays shut until Monday at nine.'],
  ['Which oil suits an old chain?', 'A thin one, three drops a link.'],
  ['Do you rent trailers for children?', 'Two of them, by the day.'],
  ['Why does my lamp flicker?', 'Mostly a loose plug under the fork.'],
  ['Can somebody collect a tandem?', 'Our van takes one on Thursdays.'],
  ['What does a new spoke cost?', 'Four euros with the fitting.'],
  ['How long do brake pads last?', 'About two winters in this town.'],
  ['Are helmets exchanged after a crash?', 'Always, bring the receipt along.'],
  ['Have you seen my lost glove?', 'A blue one waits at the counter.'],
  ['Would red paint hold on aluminium?', 'Only with the right primer below.'],
  ['Where do I find the frame number?', 'Under the bottom bracket, eight signs.'],
  ['Shall I lock it inside the cellar?', 'Please do, and photograph the lock.'],
  ['Does the voucher expire this year?', 'It never does.'],
] as const;

/** A spreadsheet with good rows, one of them twice, and rows that cannot be imported. */
export const spreadsheet = [
  'Prompt,Reply,Topic',
  ...[...questions, questions[0]].map(([prompt, reply]) => `"${prompt}","${reply}",Counter`),
  ',"Nobody asked this.",Counter',
  '"Is this row one column too long?","It is.",Counter,one,two',
  '"Is the reply missing?",,Counter',
].join('\n');

/** How a text is written: as it is, or in capitals, which no translated text is. */
export type Say = (text: string) => string;
export const plainly: Say = (text) => text;
export const inCapitals: Say = (text) =>
  text.replace(/\{\{\w+\}\}/g, `{{${slotInCapitals}}}`).toUpperCase();

/** Slots have small letters or figures; in capitals there is one, of figures. */
export const slotInCapitals = '2026_11';
