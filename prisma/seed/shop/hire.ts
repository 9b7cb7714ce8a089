import type { Ticket } from './ticket';

/** Hired bicycles and rides together. Each mail: prompt, body of the reply, next stop. */
export const hire: Ticket[] = [
  [
    [
      'Can I hire a tandem for Sunday? Our anniversary!',
      'The green tandem is free and has heard many songs. It is 35 euros for the day.',
      'fetch it on Saturday after five, the basket comes with it.',
    ],
    [
      'It was wonderful, but we returned it with a flat tyre.',
      'A flat after a happy day costs nothing. We found the thorn and named it after you.',
      'come again next year, same tandem.',
    ],
  ],
  [
    [
      'How much does a bike cost per day?',
      'City 14 euros, touring 22, with motor 32. Helmet and lock are always in.',
      'book by the evening before, we open at eight.',
    ],
  ],
  [
    [
      'Do you hire out child trailers?',
      'Two of them, one yellow and one very yellow. 12 euros a day.',
      'say when, and one stands ready at nine.',
    ],
  ],
  [
    [
      'May I keep the hired bike a day longer?',
      'Nobody waits for it until Friday, so ride on.',
      'bring it back tomorrow by six and pay one day more.',
    ],
  ],
  [
    [
      'I broke the mirror of the hired bike.',
      'Mirrors stick out, that is their fate. It is 9 euros and you did well to say it.',
      'we settle it when you return on Sunday.',
    ],
  ],
  [
    [
      'Is there a guided ride for slow people?',
      'The slow ride is on Thursdays, 20 km and two cakes. Nobody is dropped.',
      'be at the yard this Thursday at two.',
    ],
  ],
  [
    [
      'Can I bring my dog on the tour?',
      'Dogs up to the size of a pannier ride along, larger ones run at the front.',
      'tell us his weight by Friday and we find a basket.',
    ],
  ],
  [
    [
      'What happens if it rains on the day of my hire?',
      'Then you choose: a cape from us, another day, or the money.',
      'decide by nine on the morning itself.',
    ],
  ],
  [
    [
      'How many bikes can you give to a school class?',
      'Thirty one, and one mechanic with patience. Teachers ride free.',
      'name a date in June and we keep them for you.',
    ],
    [
      'We are 33 children. Hm.',
      'Two share the tandem, they always fight for it.',
      'the list is due on Monday, heights in centimetres.',
    ],
  ],
  [
    [
      'Do I need to leave a deposit?',
      'Your identity card is enough for a day. From a week on, 100 euros as well.',
      'you get both back the minute the bicycle rolls in.',
    ],
  ],
  [
    [
      'Where can we ride with small kids, without cars?',
      'Along the canal to the mill, 7 km, ducks on both sides. Ice cream halfway.',
      'take the free map at the counter tomorrow.',
    ],
  ],
  [
    [
      'The hire bike’s gears slip, I am at the lake.',
      'There is a mechanic at the lake, called Jon, who has our parts and our number.',
      'he meets you at the kiosk within the hour.',
    ],
  ],
  [
    [
      'Can I book online for next summer already?',
      'The book opens on the first of March, tandems go first.',
      'write us your week now and we call in March.',
    ],
  ],
  [
    [
      'Are the hire bikes insured?',
      'Against theft yes, if the lock was closed. Against trees, only partly.',
      'read the yellow page when you fetch it tomorrow.',
    ],
  ],
  [
    [
      'My hire starts at seven but you open at eight.',
      'Early birds get a code for the shed on the side. Your bicycle is the first on the left.',
      'the code comes by text message the evening before.',
    ],
  ],
  [
    [
      'Do you have bikes for someone with one arm?',
      'Yes, both brakes on one lever and the gears with it. We built it for a friend.',
      'try it on Wednesday, the yard is yours until noon.',
    ],
  ],
  [
    [
      'Is the night ride still on if it is cold?',
      'Cold is the point of it. There is soup at the turning place.',
      'lights on, Friday at nine at the bridge.',
    ],
  ],
  [
    [
      'We would like to hire for two weeks, is there a better price?',
      'From the eighth day on each day costs half. Two weeks are ten and a half days of money.',
      'send the dates and the offer comes this evening.',
    ],
  ],
  [
    [
      'Someone took our hired bikes from the hotel rack!',
      'Good that you are all well. Leave the rack as it is and ask the hotel for its camera.',
      'call the police now, and us after, until ten tonight.',
    ],
  ],
  [
    [
      'Can I end the tour in the next town and leave the bike there?',
      'The station kiosk takes our bicycles for 8 euros. The train back sells coffee.',
      'tell us tomorrow morning and we warn the kiosk.',
    ],
  ],
  [
    [
      'Do the touring bikes have a phone holder?',
      'All of them, with a plug that charges when you pedal. Talking is still done standing.',
      'yours is on the blue one from Saturday.',
    ],
  ],
  [
    [
      'I booked for {{pickup_date}} but now I am ill.',
      'Get well in peace. The booking moves, it does not break.',
      'pick any new day this year and only tell us the evening before.',
    ],
  ],
];
