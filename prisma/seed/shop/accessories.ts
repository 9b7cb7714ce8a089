import type { Ticket } from './ticket';

/** Locks, lights, bags and bells. Each mail: prompt, body of the reply, next stop. */
export const accessories: Ticket[] = [
  [
    [
      'Which lock would you buy for a 900 euro bicycle?',
      'One that costs a tenth of it and weighs a kilo. Thieves count minutes, not euros.',
      'the black folding one leaves today by four.',
    ],
  ],
  [
    [
      'My lights keep getting stolen. Is there something fixed?',
      'Lights bolted to the fork and fed by the hub. No thief carries that spanner.',
      'we build them in on Tuesday, 79 euros with everything.',
    ],
  ],
  [
    [
      'Is a mirror on the handlebar useful?',
      'In town it is a second head. Left side, just below the grip.',
      'try ours in the yard any day this week.',
    ],
  ],
  [
    [
      'Can I mount a child seat on a carbon frame?',
      'No, carbon hates clamps. A trailer on the rear axle is kind to both.',
      'come on Saturday and your child may test two of them.',
    ],
  ],
  [
    [
      'What do you put on a leather saddle?',
      'Fat from the small tin, twice a year, and a cap of cloth when it rains.',
      'rub it in tonight and sit on it tomorrow.',
    ],
  ],
  [
    [
      'I want a basket that fits a crate of beer.',
      'Then it needs a front rack, or your fork complains. Twenty bottles weigh like a child.',
      'the big wire basket is here again on Thursday.',
    ],
  ],
  [
    [
      'Do you have reflective vests for very tall people?',
      'Up to 2.10 m, and one in a size we call lighthouse.',
      'order today and glow on Friday.',
    ],
  ],
  [
    [
      'How loud is your loudest bell?',
      'Our brass bell stops conversations and one stopped a goose. 95 decibels.',
      'ring it in the shop tomorrow, but warn the cat.',
    ],
  ],
  [
    [
      'My kickstand is too short, the bike falls over.',
      'Falls are a matter of two centimetres. Ours is set with one screw.',
      'we fit it while you hold the bicycle, any afternoon.',
    ],
  ],
  [
    [
      'Do you sell tubes without that chemical smell?',
      'The thin ones of plastic smell of nothing and weigh half. They cost 14 euros.',
      'two are yours by post on Wednesday.',
    ],
  ],
  [
    [
      'Can your phone holder take a large phone with a case?',
      'Up to 9 cm across, case and all. It holds on cobbles, we tried with Mara’s.',
      'it leaves tomorrow, with a strap for the fearful.',
    ],
  ],
  [
    [
      'Which multitool do I need for my first tour?',
      'The one with eight keys and a chain breaker. More keys only make it heavier.',
      'it goes into your parcel today.',
    ],
  ],
  [
    [
      'The bottle you sold me tastes of plastic.',
      'New bottles brag. A spoon of soda and warm water overnight calms them.',
      'if it still tastes on Monday, swap it for a steel one.',
    ],
  ],
  [
    [
      'Are the panniers really waterproof?',
      'We sank one in the canal for an hour with bread in it. We ate the bread.',
      'yours leave today, rolled three times they stay dry.',
    ],
  ],
  [
    [
      'What kind of oil should I use in winter?',
      'The thick one from the green bottle. It stays when salt and slush arrive.',
      'oil it on Sunday, then again after each wet week.',
    ],
  ],
  [
    [
      'I need a present for a cyclist who has everything.',
      'Nobody has enough tubes, socks or spare links. We tie them up with an old chain.',
      'the parcel is ready tomorrow at noon.',
    ],
  ],
  [
    [
      'Can I get a smaller basket for my dachshund?',
      'Long dog, long basket: the picnic one, sideways. Put in his blanket first.',
      'bring him on Saturday for a fitting, treats included.',
    ],
  ],
  [
    [
      'The grips make my hands black.',
      'Cheap rubber sweats, and these were cheap. We take them back.',
      'cork ones wait for you at the counter from tomorrow.',
    ],
  ],
  [
    [
      'Do I need glasses for cycling?',
      'Flies vote yes. Clear ones for the evening, dark ones for noon.',
      'two pairs for 25 euros until the end of May.',
    ],
  ],
  [
    [
      'Will a rear rack fit a bike without eyelets?',
      'With clamps, yes, up to 10 kg. Not for the weekly shop.',
      'send a picture of the rear and you hear by evening.',
    ],
  ],
  [
    [
      'The straps of my helmet do not hold any more.',
      'Straps tire before the shell does. A set is 6 euros and clicks in.',
      'it lies in the post tomorrow.',
    ],
  ],
  [
    [
      'Which lights are legal in Germany?',
      'Those with the wavy line and a K on the bottom. The rest are for the garden.',
      'both of ours carry it, order by noon and ride lit tomorrow.',
    ],
  ],
  [
    [
      'I bought the trailer and the coupling is missing.',
      'It sits inside the left wheel, held with tape. We hide it too well.',
      'look there today, and call before six if it is not.',
    ],
  ],
  [
    [
      'Do you have a hat that fits under a helmet?',
      'Thin wool, no bobble, ears covered. Our aunt knits them in grey.',
      'ten are left, yours is kept until Saturday.',
    ],
  ],
  [
    [
      'Could you engrave a name on a bell?',
      'Up to twelve letters, in a script like handwriting. 5 euros.',
      'tell us the name and it rings for you on Friday.',
    ],
  ],
];
