import type { Ticket } from './ticket';

/** Bicycles with a past. Each mail: prompt, body of the reply, next stop. */
export const used: Ticket[] = [
  [
    [
      'Do you take my old bike in exchange?',
      'If it rolls and has one owner before you, yes. The price comes after a look under the tape.',
      'bring it any Tuesday and leave with an offer.',
    ],
  ],
  [
    [
      'What would I get for a steel frame from 1985?',
      'Steel of that year is a friend for life, so between 80 and 200. Rust decides.',
      'send three pictures and our guess comes tonight.',
    ],
  ],
  [
    [
      'How do I know a used bike from you is not stolen?',
      'Every number goes through the police list first, and the page is in your folder.',
      'ask us for any number and see it today.',
    ],
  ],
  [
    [
      'Do you have used children’s bikes right now?',
      'Eleven, from 12 to 24 inch, two of them with streamers.',
      'come on Saturday before noon, they go fast.',
    ],
  ],
  [
    [
      'The used bike I bought last week has a new squeak.',
      'It told us nothing of that. Used ones have a year of warranty too.',
      'wheel it in on Monday, the squeak stays here.',
    ],
  ],
  [
    [
      'Could you sell my father’s racing bike for me?',
      'With care, yes. We write its story on the card, keep a tenth, and ask you before any haggling.',
      'bring it on Thursday, with the tale that belongs to it.',
    ],
    [
      'Someone offered 300, should I accept?',
      'She races herself and rides it, no wall gets to see it. That counts.',
      'say yes by Sunday and the money is yours on Monday.',
    ],
  ],
  [
    [
      'My old bike is worthless, where can I leave it?',
      'Here. Its parts go on in other bicycles, its bell perhaps to school.',
      'lean it on the fence any day, no forms.',
    ],
  ],
  [
    [
      'Are the used e-bikes’ batteries tested?',
      'Each one runs empty on our bench, and the paper shows what is left. Below 80 percent we do not sell.',
      'read the papers in the shop tomorrow.',
    ],
  ],
  [
    [
      'Can I reserve the blue used touring bike?',
      'It is yours for three days, with a ribbon on the bar.',
      'come by Friday, after that the ribbon comes off.',
    ],
  ],
  [
    [
      'Is there any bargaining on used bikes?',
      'The price is the price, but we put in the bell and the first service.',
      'take it home today, service due in March.',
    ],
  ],
  [
    [
      'I sold my bike to you and forgot my light on it.',
      'It burned all night, faithful thing. We put it in an envelope.',
      'it is in your letterbox on Wednesday.',
    ],
  ],
  [
    [
      'Do you buy bikes without papers?',
      'Without papers, only with a face: identity card and a signature.',
      'bring both on Tuesday and we look at it at once.',
    ],
  ],
  [
    [
      'Why is your used bike dearer than on the internet?',
      'Theirs comes with a story, ours with new cables, new pads and a year of promise.',
      'compare both in the yard this week.',
    ],
  ],
  [
    [
      'What is wrong with the used one for 60 euros?',
      'Its paint, its age and its saddle. The rest outlives us.',
      'try it round the block tomorrow.',
    ],
  ],
  [
    [
      'May I return a used bike too?',
      'Thirty days, like everything here. It is used to moving.',
      'bring it back by the 12th and the money goes with you.',
    ],
  ],
  [
    [
      'I am looking for the same bike I had as a child, a red Falk with chrome.',
      'We know the one, it had wings on its badge. One turns up every other year.',
      'your name is on our wall, we call the day it comes.',
    ],
    [
      'You called! I cannot believe it. Is it really red?',
      'Red where the sun did not reach, pink elsewhere. The wings are all there.',
      'see it on Saturday at ten, before we open.',
    ],
  ],
  [
    [
      'Could I buy only the wheels of the grey one outside?',
      'The grey one is a donor, so yes. Both wheels for 45, trued.',
      'we take them off tomorrow morning.',
    ],
  ],
  [
    [
      'How old may a bike be so that you still service it?',
      'Our record is 1911. Spare parts we do not find, we turn on the lathe.',
      'bring it on a Wednesday, there is more time then.',
    ],
  ],
  [
    [
      'My used bike has no gear labels, which lever is which?',
      'Right hand for small steps, left hand for big hills. Push is harder, click is easier.',
      'practise tonight on a flat street.',
    ],
  ],
  [
    [
      'Do you keep the old parts after a repair?',
      'Everything you paid for is yours, greasy or not. It waits in a bag for a week.',
      'pick up the bag by Saturday.',
    ],
  ],
  [
    [
      'Will you give my bike to a charity if I bring it?',
      'The Wednesday crew mends them for newcomers in town. Yours gets a lock, too.',
      'leave it here on Tuesday evening.',
    ],
  ],
  [
    [
      'I want to restore my own frame. Can you only paint it?',
      'Sand, prime and two coats, in any colour that has a number. 160 euros.',
      'bring the bare frame by Monday, it dries a week.',
    ],
  ],
];
