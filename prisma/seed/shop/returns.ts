import type { Ticket } from './ticket';

/** What goes back and what comes back. Each mail: prompt, body of the reply, next stop. */
export const returns: Ticket[] = [
  [
    [
      'The jacket is too small. How do I send it back?',
      'Put it in its bag, stick on the label from our last mail, and give it to any post office.',
      'two days after it lands, the larger one leaves.',
    ],
  ],
  [
    [
      'I have worn the shoes once outside. Can I still return them?',
      'One ride is fine, we ride too. Clean the soles and send them within 30 days.',
      'your next size leaves the day they arrive.',
    ],
  ],
  [
    [
      'You refunded only a part of what I paid. Why?',
      'The pump came back, so its price did too. The 4 euros for express stayed, because express it was.',
      'both lines reach you on the credit note tomorrow.',
    ],
    [
      'But the pump was broken when it arrived!',
      'Then the 4 euros were never ours.',
      'they are on your account within three days.',
    ],
  ],
  [
    [
      'I lost the return label.',
      'Labels love to hide. We made a fresh one for {{order_number}} and attached it.',
      'print it and post the parcel by Friday.',
    ],
  ],
  [
    [
      'I do not have a printer.',
      'No printer needed. Write the number of this mail on a card and put it inside.',
      'hand the parcel over tomorrow, the post office prints the rest.',
    ],
  ],
  [
    [
      'Can I return a helmet that I wore twice?',
      'If it never met the ground and still smells of shop, yes.',
      'send it within 30 days and we refund it the day it comes.',
    ],
  ],
  [
    [
      'How long do I have to wait for my refund?',
      'We open parcels every morning, and the bank needs three days more.',
      'look at your account on Thursday.',
    ],
    [
      'Thursday came and went, and no money.',
      'Our clerk wrote it down and the bank sat on it. We have sent it a second time.',
      'it is there on Monday, with a receipt for you.',
    ],
  ],
  [
    [
      'I want to exchange the red gloves for blue ones.',
      'Blue suits most handlebars. The pair is put aside under your name.',
      'send the red ones this week and the blue ones start at once.',
    ],
  ],
  [
    [
      'The rack does not fit my bike after all.',
      'Racks are choosy. Send it back unscratched and tell us your frame, we know who fits whom.',
      'our proposal comes tomorrow by noon.',
    ],
  ],
  [
    [
      'Can I bring the return to the shop instead of posting it?',
      'Gladly, it saves a stamp. Any day, any counter, with or without the receipt.',
      'walk in by seven and leave with the money.',
    ],
  ],
  [
    [
      'I bought the wrong tubes. The box is open but they are unused.',
      'An open box is no sin. Unused is what counts.',
      'drop them off this week and take the right ones along.',
    ],
  ],
  [
    [
      'Is it true that sale items cannot be returned?',
      'Half the price, all of the rights. Sale items have the same 30 days.',
      'send it by the end of the month and we pay it back.',
    ],
  ],
  [
    [
      'I changed my mind about the child seat, the little one hates it.',
      'Small people are strict judges. Wipe off the biscuit and send it back.',
      'the refund starts the day it arrives.',
    ],
  ],
  [
    [
      'Do I have to pay the return postage myself?',
      'Not within the country. Our label is paid, you only need tape.',
      'the label is in your mailbox within the hour.',
    ],
  ],
  [
    [
      'The pedals you sent are for a child’s bike.',
      'Then someone on our side has small feet. Keep them, a child turns up sooner or later.',
      'the grown ones leave today by courier.',
    ],
  ],
  [
    [
      'I returned two things in one parcel, was that wrong?',
      'Not at all, they kept each other company. We count both.',
      'two refunds arrive together on Wednesday.',
    ],
  ],
  [
    [
      'My husband opened the frame bag and cut off the tags...',
      'Tags are paper. If the bag is clean, it travels home.',
      'send it by Friday and we take it as it is.',
    ],
  ],
  [
    [
      'The saddle hurts. I rode it for 200 km.',
      'Saddles are marriages, and some end. Ours may be tried for 30 days, kilometres included.',
      'come in tomorrow and sit on three others.',
    ],
  ],
  [
    [
      'I never got confirmation that my parcel reached you.',
      'It did, on Monday at nine, a little wet. Your jacket is drying on the radiator.',
      'the credit note follows today.',
    ],
  ],
  [
    [
      'What if I missed the 30 days by two days?',
      'Two days are a headwind, not a wall. We take it.',
      'post it today and all is well.',
    ],
    [
      'You are very kind, the package is on its way.',
      'We have seen it on the screen, it is somewhere near the river.',
      'your refund leaves us on Friday.',
    ],
  ],
  [
    [
      'Can I return something I bought with a voucher?',
      'Yes, and the voucher grows back by the same amount.',
      'its new balance is yours the day the parcel lands.',
    ],
  ],
  [
    [
      'The colour looks different from the photo.',
      'Screens lie about green, ours too. Hold it against daylight once more before you decide.',
      'if it is still wrong, post it this week at our cost.',
    ],
  ],
  [
    [
      'Where do I find the return number?',
      'It stands in the top corner of the delivery note, six digits after the letter R.',
      'write it on the parcel and post it tomorrow.',
    ],
  ],
];
