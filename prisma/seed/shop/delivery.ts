import type { Ticket } from './ticket';

/** Parcels, drivers and doors. Each mail: prompt, body of the reply, next stop. */
export const delivery: Ticket[] = [
  [
    [
      'My order was supposed to arrive on Tuesday and nothing has come. Where is it?',
      'Your parcel {{order_number}} missed its connection in the depot and spent the night in a warm van.',
      'it reaches your door tomorrow before six.',
    ],
    [
      'It is Thursday now and still nothing. I am getting cross.',
      'Cross is fair. We have stopped waiting for the van and packed a second parcel ourselves.',
      'a courier rings your bell tomorrow morning.',
    ],
  ],
  [
    [
      'Can you deliver to a parcel locker? I am never home during the day.',
      'Everything up to the size of a helmet fits a locker. Frames and wheels are too proud, they need a door.',
      'send us the locker’s number and we change the label today.',
    ],
  ],
  [
    [
      'How much is shipping to Norway, and how long does it take?',
      'Norway costs 19 euros and takes five working days. The customs paper travels on the outside, so nobody opens the box.',
      'order by noon and it rolls out today.',
    ],
  ],
  [
    [
      'I moved house last week and forgot to change my address on the order.',
      'We caught {{order_number}} at the door, one boot already on the ramp.',
      'give us the new address by four and it leaves today.',
    ],
  ],
  [
    [
      'Tracking says delivered but there is no parcel in front of my door.',
      'Doors sometimes lie, so do scanners. We have asked the driver which step he left it on.',
      'you hear from us by noon tomorrow, parcel or refund.',
    ],
    [
      'My neighbour had it all along. Please forget my angry mail.',
      'Already forgotten. Neighbours are the best lockers anyway.',
      'ride it this weekend and tell us how it feels.',
    ],
  ],
  [
    [
      'Do you deliver on Saturdays?',
      'In town our cargo bicycle rides on Saturdays until two, rain included. Elsewhere the carrier rests.',
      'tick Saturday in the basket and we put it on the list.',
    ],
  ],
  [
    [
      'The box arrived with a big hole in it. The rim looks fine I think.',
      'Looks fine is not round. Spin the rim past a brake pad and watch the gap.',
      'if it wobbles, send a picture and a new rim leaves tomorrow.',
    ],
  ],
  [
    [
      'I only received one of the two tyres.',
      'The second tyre was hiding behind the first on our shelf. It is packed now.',
      'tyre number two reaches you on Thursday.',
    ],
  ],
  [
    [
      'Please deliver my new bike after the 14th, I am in hospital until then.',
      'Get well first, the bicycle waits. We keep it warm, inflated and out of the sun.',
      'we call you on the 15th to agree on a day.',
    ],
  ],
  [
    [
      'Is it possible to get the parcel today? My race is tomorrow.',
      'A race beats our timetable. Our Saturday rider passes your street anyway.',
      'be home at seven this evening, he rings twice.',
    ],
  ],
  [
    [
      'Why does a bell cost 6 euros to ship? It weighs nothing.',
      'The bell is light, the van is not. From 40 euros on we pay the van.',
      'add a tube or two today and shipping drops to zero.',
    ],
  ],
  [
    [
      'Could you leave the package in the garage? The code is 4471.',
      'We never send codes on paper, so the driver got yours by phone and has already forgotten it.',
      'look behind the garage door tomorrow afternoon.',
    ],
  ],
  [
    [
      'The courier wanted money from me at the door. Is that right?',
      'No. Everything is paid when you order, and nobody at your door may ask for more.',
      'we call the carrier today and you get the 8 euros back tomorrow.',
    ],
  ],
  [
    [
      'Do you ship frames to Portugal?',
      'We do, in a box that has survived worse roads than yours. It costs 34 euros and takes eight days.',
      'choose Portugal in the basket and we pack on Monday.',
    ],
  ],
  [
    [
      'I would like to change the delivery from home to my office.',
      'Done. {{order_number}} now goes where the coffee is.',
      'it is at your reception on Wednesday before noon.',
    ],
    [
      'Reception sent it back because my name was not on it!!',
      'Receptions like names. We wrote yours on all four sides this time.',
      'second try on Friday, with your extension number on top.',
    ],
  ],
  [
    [
      'How do I know when the driver comes?',
      'You get a text message with a window of one hour on the morning itself.',
      'check your phone number in your account today.',
    ],
  ],
  [
    [
      'There is a scratch on the box of my helmet. Should I worry?',
      'Boxes take scratches so that helmets need not. Press the shell with both thumbs, nothing should creak.',
      'if it creaks, we swap it within three days.',
    ],
  ],
  [
    [
      'My grandson’s bike must be here by Sunday, it is his birthday!',
      'A birthday does not move, so we do. The small red one is assembled and pumped.',
      'our cargo bicycle brings it on Saturday at ten.',
    ],
  ],
  [
    [
      'I ordered by mistake twice. Can you cancel one parcel?',
      'One was still on the bench, so it simply went back to its shelf. You pay for a single one.',
      'the money is back within three days.',
    ],
  ],
  [
    [
      'What happens if nobody is home?',
      'The driver tries twice, then the parcel waits a week at the shop on the corner.',
      'bring your identity card and pick it up from the next day on.',
    ],
  ],
  [
    [
      'Can I collect my order in the shop instead?',
      'Gladly. {{order_number}} gets a hook with your name behind the counter.',
      'it hangs there from ten o’clock tomorrow.',
    ],
  ],
  [
    [
      'The delivery note says 3 items but I paid for 4.',
      'The fourth is the saddle, it travels alone because it hates pumps.',
      'the saddle follows on Wednesday, nothing to do for you.',
    ],
  ],
  [
    [
      'Your carrier threw the parcel over my fence.',
      'Parcels should not fly. We have told the carrier, and not in workshop language only.',
      'unpack it today and send us a picture if anything is bent.',
    ],
  ],
  [
    [
      'Do you deliver to islands? The ferry only goes twice a week.',
      'We know your ferry, it leaves on Tuesday and Friday at eight. We pack for the earlier one.',
      'the parcel sails on Friday.',
    ],
  ],
  [
    [
      'Can I get my order without all the plastic wrapping?',
      'Yes. We use old inner tubes and newspaper, and the parcel looks like a present from an uncle.',
      'write green in the comment and we pack it so today.',
    ],
  ],
];
