import type { Ticket } from './ticket';

/** What breaks too early. Each mail: prompt, body of the reply, next stop. */
export const warranty: Ticket[] = [
  [
    [
      'The frame has a crack near the bottom bracket. I bought it three years ago.',
      'Stop riding it. Frames have ten years of warranty with us, so this is ours to solve.',
      'send two pictures today and fetch a loan bicycle tomorrow.',
    ],
    [
      'Here are the pictures. It is getting longer I think.',
      'It is a real crack, not paint. The maker sends a new frame, we move your parts over.',
      'you ride the new one in about two weeks.',
    ],
  ],
  [
    [
      'The light stopped working after two months.',
      'Two months is too early to go dark. You need no receipt, we find you by name.',
      'come in by Saturday and leave with a new one.',
    ],
  ],
  [
    [
      'Does the warranty cover a worn chain?',
      'A chain wears like a shoe, so no. Measuring it is free, a new one is 39 euros fitted.',
      'roll by this week and we hold the gauge to it.',
    ],
  ],
  [
    [
      'You told me the pedal would be replaced, that was two weeks ago.',
      'Two weeks are one too many. Take a pair from our drawer meanwhile, and keep them.',
      'yours comes back on {{pickup_date}}.',
    ],
  ],
  [
    [
      'My lock broke open by itself after a year.',
      'A lock that opens itself has missed its calling. The maker gives three years on it.',
      'bring it with both keys, and a new one is yours on Monday.',
    ],
  ],
  [
    [
      'Is rust on the spokes covered?',
      'After one winter yes, after five no. Yours is two, so we meet in the middle.',
      'we swap the worst eight for free on Thursday.',
    ],
  ],
  [
    [
      'The pump fell apart in my hands.',
      'Pumps should push, not fall. Yours has a lifetime warranty, and it is clearly over.',
      'a new one leaves today, keep the pieces for the grandchildren.',
    ],
  ],
  [
    [
      'How long is the warranty on a used bike from you?',
      'A full year, as if it had no past. Only tyres and pads are left out.',
      'keep the yellow card, it counts from today.',
    ],
  ],
  [
    [
      'The paint is coming off the fork after one summer.',
      'Paint should survive a summer, even this one. We have the pot with your colour here.',
      'leave it with us on Monday, it dries by Wednesday.',
    ],
  ],
  [
    [
      'I do not have the receipt any more, do I lose the warranty?',
      'Receipts fade, our book does not. The number under the bottom bracket is enough.',
      'send us the number and you hear from us by evening.',
    ],
  ],
  [
    [
      'The gear lever snapped in the cold.',
      'Plastic hates minus ten as much as we do. Winter is inside the warranty.',
      'a metal one is fitted while you wait, any day this week.',
    ],
  ],
  [
    [
      'My rear rack broke while I was carrying my daughter to school!',
      'First of all, good that you are writing. That rack carries 27 kg, and she is surely lighter.',
      'stop using it, we come with a new one this afternoon.',
    ],
    [
      'You came within two hours. My daughter calls you the rack people.',
      'We have been called worse, and painted it on the van.',
      'check the four screws with us in a month.',
    ],
  ],
  [
    [
      'The rain jacket leaks at the shoulders.',
      'Then it is a jacket without rain. The seams should hold for three years.',
      'post it today, a new one leaves when it lands.',
    ],
  ],
  [
    [
      'Does the warranty end if I service the bike myself?',
      'Not at all, we like clean hands with black nails. Note what you did and when.',
      'ask us for the torque list, it comes today.',
    ],
  ],
  [
    [
      'The saddle cover is torn at the seam.',
      'A seam is thread, and thread is ours for two years.',
      'drop it in tomorrow and the saddler has it by Friday.',
    ],
  ],
  [
    [
      'The bottle cage lost a screw and rattles.',
      'Rattles spoil good roads. The screw is M5 by 12 and costs us nothing.',
      'two of them are in the post tomorrow.',
    ],
  ],
  [
    [
      'You repaired the hub and the noise is back.',
      'Then we have not repaired it. Our work has a warranty of one year.',
      'put it on the stand on Tuesday, at our cost.',
    ],
  ],
  [
    [
      'My bell does not ring, it coughs.',
      'A coughing bell has a bent hammer. Bend it out by the width of a coin.',
      'if it coughs on, a new one waits at the counter from Monday.',
    ],
  ],
  [
    [
      'What does the maker need for a warranty claim?',
      'One picture of the fault, one of the frame number, and your date of purchase.',
      'send us all three and we file it today.',
    ],
  ],
  [
    [
      'The zip on the pannier is broken, bought last May.',
      'Zips get two years, yours is one. The bag itself is fine, so we change only the zip.',
      'bring it empty on Monday, fetch it on Friday.',
    ],
  ],
  [
    [
      'I crashed and the fork is bent. Is that warranty?',
      'Crashes belong to insurance, forks to us. We write the report that your insurer wants.',
      'bring it by tomorrow, and do not ride it there.',
    ],
  ],
  [
    [
      'The computer shows 90 km/h. I am fast but not that fast.',
      'It thinks your wheels are enormous. Set the circumference to 2155.',
      'if it still flatters you tomorrow, we set it at the counter.',
    ],
  ],
  [
    [
      'Is battery corrosion in the light covered?',
      'Leaking batteries are the cell maker’s doing, but we clean contacts well.',
      'bring the light by Friday, it takes vinegar and ten minutes.',
    ],
  ],
];
