/** Original rows of an invented shop, small enough to be read at a glance. */
const rows = [
  {
    ticket: 'T-1001',
    topic: 'delivery',
    prompt: 'Hello, my kettle was due on Monday and has not come. Where is it?',
    reply:
      'Thank you for writing. Your kettle {{order_number}} left our store on Friday and is with the carrier; it should reach you by Wednesday. If it does not, write back and we send a new one the same day.',
  },
  {
    ticket: 'T-1002',
    topic: 'returns',
    prompt: 'The lamp is too big for my desk.\nCan I send it back without the box?',
    reply:
      'Of course. Any sturdy box will do. Print the label from your account, and your money is back within five days of the lamp reaching us.',
  },
  {
    ticket: 'T-1003',
    topic: 'invoice',
    prompt: 'Could I have the invoice again, made out to our school?',
    reply:
      'Gladly. Send us the name and address as they should stand on it, and the new invoice is in your inbox within the hour.',
  },
];

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

const csv = [
  'ticket,topic,question,answer',
  ...rows.map((row) => [row.ticket, row.topic, row.prompt, row.reply].map(quote).join(',')),
].join('\r\n');

const jsonl = rows.map((row) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: row.prompt },
      { role: 'assistant', content: row.reply },
    ],
    topic: row.topic,
    ticket: row.ticket,
  }),
);

export const importSamples = {
  csv: { fileName: 'sample-mails.csv', type: 'text/csv; charset=utf-8', text: `\ufeff${csv}\r\n` },
  jsonl: {
    fileName: 'sample-chats.jsonl',
    type: 'application/jsonl; charset=utf-8',
    text: `${jsonl.join('\n')}\n`,
  },
};
