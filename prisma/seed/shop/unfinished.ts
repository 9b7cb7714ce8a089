import { CLOSING, inVoice, OPENING } from './brief';
import type { SampleExample } from './ticket';

type Unfinished = Omit<SampleExample, 'group' | 'author'> & {
  author?: SampleExample['author'];
};

/** Waiting for a decision. Two of them break a rule, so that a reviewer meets findings. */
const inReview: Unfinished[] = [
  {
    topic: 'delivery',
    state: 'in_review',
    prompt: 'The box arrived wet and open. Is that a problem?',
    reply: inVoice(
      'The box took the rain so that the wheel did not have to. Look at the rim and the spokes.',
      'send one picture today, and if anything is bent a new wheel leaves tomorrow.',
    ),
  },
  {
    topic: 'delivery',
    state: 'in_review',
    prompt: 'Can the driver bring it to the third floor? I broke my arm.',
    reply: inVoice(
      'Of course, and he unpacks it too. Stairs are good for drivers.',
      'he rings on Thursday between nine and ten!',
    ),
  },
  {
    topic: 'repairs',
    state: 'in_review',
    prompt: 'My back wheel makes a grinding sound after the rain last night.',
    reply: inVoice(
      'Grinding after rain is sand in the brake. Rinse it with a bottle of water before you ride.',
      'if it grinds on, we take it apart on Friday.',
    ),
    tags: ['workshop'],
  },
  {
    topic: 'repairs',
    state: 'in_review',
    prompt: 'Which of your mechanics can rebuild a hub gear?',
    reply: inVoice(
      'Mara can, blindfolded, and Ben can with his eyes open. It takes an afternoon.',
      'leave the wheel here on Monday, it turns again on Wednesday.',
    ),
    tags: ['workshop'],
  },
  {
    topic: 'sizing',
    state: 'in_review',
    prompt: 'My daughter is exactly between 20 and 24 inch. Help?',
    reply: inVoice(
      'Let her stand over both. If both heels touch the ground on the larger one, it is hers for three years.',
      'bring her by on Saturday, she decides.',
    ),
  },
  {
    topic: 'payment',
    state: 'in_review',
    prompt: 'Why did you ask for my identity card when I paid in cash?',
    reply: inVoice(
      'Above 1000 euros the law is curious, not we. Nobody keeps a copy.',
      'ask for our little sheet about it when you come next.',
    ),
  },
  {
    topic: 'warranty',
    state: 'in_review',
    prompt: 'The mudguard cracked in the frost. It is five weeks old.',
    reply: inVoice(
      'Five weeks is young, even for a mudguard. Frost is part of the job and part of the warranty.',
      'pick up a new one from tomorrow, the stays fit as they are.',
    ),
    tags: ['complaint'],
  },
  {
    topic: 'warranty',
    state: 'in_review',
    prompt: 'Do I have to bring the whole bike for a broken pedal?',
    reply: inVoice(
      'Only the pedal, the rest may stay in bed. The left one unscrews to the right, that is its only trick.',
      'drop it in by Saturday and leave with a pair.',
    ),
  },
  {
    topic: 'vouchers',
    state: 'in_review',
    prompt: 'Can I see how much is left on my voucher?',
    reply: inVoice(
      'Type the code under gifts and the page tells you, to the cent.',
      'look it up whenever you like, even tonight.',
    ),
  },
  {
    topic: 'electric',
    state: 'in_review',
    prompt: 'Is it normal that the motor smells after a long climb?',
    reply: inVoice(
      'A little warm dust, yes. If it smells of hair on fire, walk the rest. We have measured motors on the long climb to the pass, in July, with two people and a week of luggage, and a faint smell of warm dust was all that we ever noticed up there. What you describe may also be the brake, which gets hot on the way down and smells of pencils. Touch neither.',
      'ride in on Tuesday and we read its temperature.',
    ),
  },
  {
    topic: 'hire',
    state: 'in_review',
    author: 'reviewer',
    prompt: 'Could we take the hired bikes on the ferry?',
    reply: inVoice(
      'They have been across more often than we have. Tie them to the rail, the sea is jealous.',
      'tell us your ferry tomorrow and you get two straps.',
    ),
  },
  {
    topic: 'visit',
    state: 'in_review',
    prompt: 'Is the coffee in the shop still free?',
    reply: inVoice(
      'It is, and it is still too strong. Milk stands in the fridge with the tubes.',
      'have one tomorrow while the pump is taken.',
    ),
    tags: ['season'],
  },
];

/** Sent back with what to change; most of them show why as findings. */
const sentBack: Unfinished[] = [
  {
    topic: 'returns',
    state: 'sent_back',
    prompt: 'I want to return a bell that I do not like.',
    reply: `${OPENING}\n\nJust send it back.\n\n${CLOSING}`,
    reason: 'Say how: the label, the 30 days. And the next stop is missing.',
  },
  {
    topic: 'delivery',
    state: 'sent_back',
    prompt: 'Could my neighbour fetch my order for me?',
    reply: inVoice(
      'Neighbours may fetch anything. {{order_nr}} lies behind the counter under your name.',
      'send him by tomorrow before seven.',
    ),
    reason: 'The slot has another name: order_number.',
  },
  {
    topic: 'repairs',
    state: 'sent_back',
    prompt: 'You scratched my frame during the service.',
    reply: inVoice(
      'Unfortunately this can happen in a busy workshop. We could touch it up with a pen.',
      'come by when you have time.',
    ),
    reason: 'No “unfortunately”, and never excuse a scratch. Offer the paint, free, with a day.',
  },
  {
    topic: 'payment',
    state: 'sent_back',
    prompt: 'I want my money back right now!!!',
    reply: inVoice(
      'Calm down! You get your money when the parcel has arrived!',
      'wait for the parcel.',
    ),
    reason: 'We do not shout back. Say when the money comes.',
  },
  {
    topic: 'electric',
    state: 'sent_back',
    prompt: 'Can I fly with my e-bike battery?',
    reply: inVoice(
      'We are sorry, airlines do not take batteries of this size. We regret that we cannot change it.',
      'ask your airline this week.',
    ),
    reason: 'Too many apologies for a rule of physics. Tell them that one can be hired on arrival.',
  },
  {
    topic: 'accessories',
    state: 'sent_back',
    prompt: 'Will this lock stop every thief?',
    reply: inVoice(
      'No lock does. It stops the lazy ones, and most are lazy.',
      'lock it to something heavy.',
    ),
    reason:
      'Good voice. The next stop says no when: offer the test with our bolt cutter on Saturday.',
  },
];

const drafts: Unfinished[] = [
  {
    topic: 'payment',
    state: 'draft',
    prompt: 'Do I get points when I buy something?',
    reply: inVoice(
      'We keep no points, we keep promises. The fifth puncture is free, though.',
      'ask at the counter.',
    ),
  },
  {
    topic: 'sizing',
    state: 'draft',
    prompt: 'Can I swap the saddle before I take the bicycle home?',
    reply: inVoice(
      'Yes, and the old one buys half of the new one. Fitting is on us.',
      'tell us two days before and it is on it.',
    ),
  },
  {
    topic: 'vouchers',
    state: 'draft',
    prompt: 'Can the voucher be in another currency?',
    reply: 'Only euros, but the code works everywhere.',
  },
  {
    topic: 'delivery',
    state: 'draft',
    prompt: 'How big is the box of a whole bicycle?',
    reply: inVoice('About as big as a door without a frame.', ''),
  },
  {
    topic: 'repairs',
    state: 'draft',
    prompt: 'Can you solder the wire in my old dynamo?',
    reply: `${OPENING}\n\nYes, Ben likes old wires.`,
  },
  {
    topic: 'warranty',
    state: 'draft',
    prompt: 'Is the bell on my used bike under warranty?',
    reply: inVoice('Even the bell, for a year.', 'bring it in on Thursday and it rings again.'),
  },
  {
    topic: 'hire',
    state: 'draft',
    author: 'reviewer',
    prompt: 'Is there a bike for a person of two metres?',
    reply: inVoice(
      'One, and we call it the giraffe. It hangs under the roof.',
      'tell us a day before and we take it down.',
    ),
  },
  {
    topic: 'used',
    state: 'draft',
    prompt: 'What did this bike cost when it was new?',
    reply: inVoice(
      'Nobody remembers, and nobody asks a friend.',
      'find out… on the old price list?',
    ),
  },
  {
    topic: 'visit',
    state: 'draft',
    prompt: 'My parcel has the wrong shop name on it, Fernwich.',
    reply: 'TODO ask Amir about the new labels',
  },
  {
    topic: 'accessories',
    state: 'draft',
    prompt: 'Does the trailer fit through a normal door?',
    reply: inVoice(
      'It folds to 50 cm, like a good umbrella.',
      'measure your door tonight and compare.',
    ),
  },
];

/** No longer true, or only in season: out of all future releases. */
const retired: Unfinished[] = [
  {
    topic: 'repairs',
    state: 'retired',
    prompt: 'Is the winter check still free?',
    reply: inVoice(
      'Free until the end of February, and the stove is on.',
      'bring the bicycle on any weekday.',
    ),
    tags: ['season'],
  },
  {
    topic: 'payment',
    state: 'retired',
    prompt: 'Do you take cheques?',
    reply: inVoice(
      'We do, as long as the bank around the corner does.',
      'hand it in by Friday and it counts from Monday.',
    ),
  },
  {
    topic: 'returns',
    state: 'retired',
    prompt: 'Can I return the advent calendar?',
    reply: inVoice(
      'Only unopened. After the first of December it is yours, one door a day.',
      'bring it by the 30th of November.',
    ),
    tags: ['season'],
  },
  {
    topic: 'delivery',
    state: 'retired',
    prompt: 'Do you still deliver with the old postal van?',
    reply: inVoice(
      'It has earned its rest. The cargo bicycle took over.',
      'wave at it in our yard any day.',
    ),
  },
];

/** One of each list in turn. */
function inTurns(...lists: Unfinished[][]): Unfinished[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}

/** The last ones stand first in the grid, and show every state. */
export const unfinished = inTurns(drafts, inReview, sentBack, retired).reverse();
