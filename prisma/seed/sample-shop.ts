/**
 * The sample workspace: an invented bicycle shop with a voice that one recognises. Every text
 * here is original. Replies are stored whole; opening and closing are the house's.
 */
const OPENING = 'Hello from the workshop,';
const CLOSING = 'Tailwinds,\nFernwick Cycles';

export type SampleState = 'approved' | 'in_review' | 'sent_back' | 'draft' | 'retired';
export type SampleExample = {
  topic: string;
  prompt: string;
  reply: string;
  state: SampleState;
  tags?: string[];
  reason?: string;
};

const voice = (body: string) => `${OPENING}\n\n${body}\n\n${CLOSING}`;

export const samplePeople = {
  writer: { name: 'Wren Halloway', email: 'wren@fernwick.example' },
  reviewer: { name: 'Rosa Lindqvist', email: 'rosa@fernwick.example' },
  admin: { name: 'Amir Castellan', email: 'amir@fernwick.example' },
} as const;

export const sampleBrief = {
  name: 'Customer mails',
  task: 'Answer mails of customers of a bicycle shop: friendly, concrete, never longer than needed.',
  systemPrompt: 'You answer the mails of Fernwick Cycles, a bicycle shop with its own workshop.',
  guidelines: `## How Fernwick writes

- Open with **“${OPENING}”** and close with **“Tailwinds, Fernwick Cycles”**.
- Say what happens next and *when*, in that order.
- One idea a paragraph. Plain words: “we send it tomorrow”, not “it will be dispatched”.
- A little humour is welcome, but never about the customer’s trouble.

### Not like this

> Unfortunately we regret to inform you that your request cannot be processed.

### But like this

> The saddle is sold out until Friday. We keep one for you and write as soon as it is here.`,
  slots: ['order_number', 'customer_name', 'pickup_date'],
  rules: [
    { kind: 'begins_with', name: 'Our greeting', texts: [OPENING], severity: 'warning' },
    { kind: 'ends_with', name: 'Our farewell', texts: ['Fernwick Cycles'], severity: 'warning' },
    {
      kind: 'banned_phrase',
      name: 'Office words',
      phrases: ['unfortunately', 'we regret', 'please be advised', 'as per', 'kindly'],
      severity: 'blocker',
    },
    {
      kind: 'length',
      name: 'Short enough to read standing',
      unit: 'words',
      max: 90,
      severity: 'warning',
    },
  ] as const,
};

const approved: [topic: string, prompt: string, body: string][] = [
  [
    'delivery',
    'My order was supposed to arrive on Tuesday and nothing has come. Where is it?',
    'Your parcel {{order_number}} left us on Monday and the carrier missed its connection. It is on the van for tomorrow. If it is not with you by six, write two words and we send a second one by courier.',
  ],
  [
    'delivery',
    'Can you deliver to a parcel locker? I am never home during the day.',
    'Yes, everything up to the size of a helmet goes to a locker. Tell us the locker’s number and we change the address of {{order_number}} today. Frames and wheels are too proud for lockers, they need a door.',
  ],
  [
    'delivery',
    'How much is shipping to Norway, and how long does it take?',
    'To Norway it is 19 euros and five working days. Customs will ask you for the tax, we put the paper on the outside so that nobody has to open the box.',
  ],
  [
    'delivery',
    'I moved house last week and forgot to change my address on the order.',
    'We caught {{order_number}} at the door. Send us the new address by four o’clock and it leaves today as if nothing had happened.',
  ],
  [
    'returns',
    'The jacket is too small. How do I send it back?',
    'Put the jacket back into its bag and stick the label from our last mail on it. Any post office takes it. We check it within two days and then the larger one, or your money, is on its way.',
  ],
  [
    'returns',
    'I have worn the shoes once outside. Can I still return them?',
    'One ride is fine, we ride too. Clean the soles, send the shoes within 30 days and we swap them for the next size. Only cleats that are already cut to your foot stay with you.',
  ],
  [
    'returns',
    'You refunded only a part of what I paid. Why?',
    'We gave back the price of the pump and kept the 4 euros for the express delivery, because the pump was fine. You will find both lines on the credit note. If the pump was faulty after all, tell us and the 4 euros follow.',
  ],
  [
    'repairs',
    'My gears jump when I go uphill. Is that something you can fix quickly?',
    'That sounds like a stretched cable, and it is a ten-minute job. Bring the bicycle in before ten and you have it back for lunch. The adjustment is 15 euros, a new cable 6 more.',
  ],
  [
    'repairs',
    'How much does a full service cost and when can I come?',
    'A full service is 95 euros: brakes, gears, bearings, wheels, and a wash that your bicycle will remember. The next free day is {{pickup_date}}. Answer with “yes” and it is yours.',
  ],
  [
    'repairs',
    'The brakes squeal like a pig since you replaced the pads.',
    'New pads sing until they are bedded in. Brake hard ten times from a good speed on a dry road. If they still squeal after that, come by without an appointment and we sand them at no cost.',
  ],
  [
    'repairs',
    'Can you true a wheel while I wait?',
    'Yes, on any weekday before noon. It takes twenty minutes and 18 euros, and there is coffee. A wheel with a broken spoke has to stay overnight.',
  ],
  [
    'repairs',
    'My electric bicycle shows error 503 and does not help me any more.',
    'Error 503 is nearly always the magnet on the rear spoke that has slipped. Push it back level with the sensor and switch on again. If the number stays, bring the bicycle: reading the motor’s memory is free.',
  ],
  [
    'sizing',
    'I am 1.72 m tall. Which frame size do I need for the touring bicycle?',
    'At 1.72 m you stand between M and our L, and for touring we would take the M with a longer stem. Come for a loop around the canal before you decide, we set up both for you.',
  ],
  [
    'sizing',
    'What helmet size should I order for a child of six?',
    'Measure around the head, one finger above the eyebrows. 48 to 52 cm is our size S, above that M. Send us the number and we put the right one into the parcel.',
  ],
  [
    'sizing',
    'Do your gloves run small?',
    'They do, by half a size. Take the larger one if you are in between. The leather gives after a week and then they fit like they knew you.',
  ],
  [
    'payment',
    'I was charged twice for the same order.',
    'Your bank shows two lines, but one of them is only a reservation that falls off within three days. If both are still there on {{pickup_date}}, send us a picture of the statement and we pay one back the same day.',
  ],
  [
    'payment',
    'Can I pay in instalments for a bicycle?',
    'Yes, from 500 euros on, in 6 or 12 parts and without interest. Choose “instalments” at the till or in the basket. We need your identity card and about five minutes.',
  ],
  [
    'payment',
    'Please send me the invoice with my company’s name on it.',
    'Send us the company’s name, address and tax number, and the new invoice for {{order_number}} comes by mail within the hour. The old one then no longer counts.',
  ],
  [
    'warranty',
    'The frame has a crack near the bottom bracket. I bought it three years ago.',
    'Stop riding it, please, and send us two pictures: the crack and the number under the frame. Frames have ten years of warranty with us. You get a loan bicycle while the maker looks at it.',
  ],
  [
    'warranty',
    'The light stopped working after two months.',
    'Two months is too early to go dark. Bring the light or send it with the label we attach, and you get a new one on the spot. You do not need the receipt, we find {{order_number}} by your name.',
  ],
  [
    'warranty',
    'Does the warranty cover a worn chain?',
    'A chain wears like a shoe, so the warranty leaves it out. We measure it for free, though, and when it is due, chain and fitting are 39 euros together.',
  ],
  [
    'gift voucher',
    'I got a voucher. Can I use it in the workshop too?',
    'Yes, a voucher pays for everything we do, workshop included. Show the code when you drop off the bicycle. What is left stays on it for ten years.',
  ],
  [
    'gift voucher',
    'I lost the paper of my gift voucher.',
    'Paper gets lost, codes do not. Tell us who bought it and roughly when, we look it up and send you the code by mail. The lost one is blocked from that moment on.',
  ],
  [
    'gift voucher',
    'Can you send a voucher today? The birthday is tomorrow.',
    'It takes one minute: buy it in the shop’s “gifts” corner and it lands in your mailbox as a page to print. If you want the good paper, it waits at the counter until seven.',
  ],
];

const others: SampleExample[] = [
  {
    topic: 'delivery',
    state: 'in_review',
    prompt: 'The box arrived wet and open. Is that a problem?',
    reply: voice(
      'The box took the rain so that the wheel did not have to. Look at the rim and the spokes, and send us one picture of the box. If anything is bent, a new wheel leaves today.',
    ),
  },
  {
    topic: 'repairs',
    state: 'in_review',
    prompt: 'Do you repair bicycles that I did not buy from you?',
    reply: voice(
      'Of course, we never ask a bicycle where it was born. Book a slot online or call before ten. Parts for rare makes can take a week.',
    ),
    tags: ['workshop'],
  },
  {
    topic: 'sizing',
    state: 'in_review',
    prompt: 'Which inner tube fits a 28 inch wheel?',
    reply: voice(
      'Look at the side of the tyre: two numbers like 37-622. The second one has to be on the tube’s box, the first one between its two. Send us both and we pick it for you.',
    ),
  },
  {
    topic: 'payment',
    state: 'in_review',
    prompt: 'My discount code does not work.',
    reply: voice(
      'The code works for everything but electric bicycles, and the basket does not say so nicely. Take the motor out of the basket, or let us put the 10 euros on your next service.',
    ),
  },
  {
    topic: 'warranty',
    state: 'in_review',
    prompt: 'You told me the pedal would be replaced, that was two weeks ago.',
    reply: voice(
      'Two weeks are one too many. The pedal is at the maker and back on {{pickup_date}}. You get a pair from our drawer today, keep them.',
    ),
    tags: ['complaint'],
  },
  {
    topic: 'returns',
    state: 'sent_back',
    prompt: 'I want to return a bell that I do not like.',
    reply: voice('Just send it back.'),
    reason: 'Say how: the label, the 30 days, and when the money is there.',
  },
  {
    topic: 'delivery',
    state: 'sent_back',
    prompt: 'Can I collect my order in the shop instead?',
    reply: voice(
      'Yes, {{order_nr}} waits at the counter from tomorrow ten o’clock. Bring the mail or just your name.',
    ),
    reason: 'The slot has another name: order_number.',
  },
  {
    topic: 'repairs',
    state: 'sent_back',
    prompt: 'My tyre is flat again, third time this month.',
    reply: voice(
      'Unfortunately this can happen. A thorn is probably still in the tyre. Bring it in and we look for it.',
    ),
    reason: 'No “unfortunately”, please. And tell them that the search is free.',
  },
  {
    topic: 'payment',
    state: 'draft',
    prompt: 'Why is the price online different from the price in the shop?',
    reply: voice(
      'The screen is faster than our labels. You always pay the lower of the two, show it on your phone at the counter.',
    ),
  },
  {
    topic: 'sizing',
    state: 'draft',
    prompt: 'Can I swap the saddle before I take the bicycle home?',
    reply: voice(
      'Yes, tell us two days before and the saddle of your choice is on it. You pay the difference, the fitting is on us.',
    ),
  },
  {
    topic: 'gift voucher',
    state: 'draft',
    prompt: 'Can I split a voucher over two orders?',
    reply: 'Yes, it keeps what is left.',
  },
  {
    topic: 'delivery',
    state: 'draft',
    prompt: 'Do you ship electric bicycles?',
    reply: voice(
      'Within 200 km we bring them ourselves, ready to ride, for 35 euros. Further away the battery is not allowed on the plane, so it travels by truck and needs eight days.',
    ),
  },
  {
    topic: 'repairs',
    state: 'draft',
    prompt: 'Can you pick up my bicycle at home?',
    reply: voice(
      'Our cargo bicycle comes on Tuesdays and Thursdays within the ring road. The pick-up is 12 euros there and back.',
    ),
  },
  {
    topic: 'warranty',
    state: 'retired',
    prompt: 'Is the winter check still free?',
    reply: voice(
      'The winter check is free until the end of February. Bring the bicycle on any weekday.',
    ),
    tags: ['season'],
  },
  {
    topic: 'payment',
    state: 'retired',
    prompt: 'Do you take cheques?',
    reply: voice('We do, as long as the bank around the corner does.'),
  },
  {
    topic: 'returns',
    state: 'retired',
    prompt: 'Can I return the advent calendar?',
    reply: voice(
      'Only unopened and before the first of December. After that it is yours, one door a day.',
    ),
    tags: ['season'],
  },
];

/** 40 examples: 24 approved, 5 in review, 3 sent back, 5 drafts, 3 retired. */
export const sampleExamples: SampleExample[] = [
  ...approved.map(([topic, prompt, body]) => ({
    topic,
    prompt,
    reply: voice(body),
    state: 'approved' as const,
  })),
  ...others,
];
