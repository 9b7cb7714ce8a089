import type { Ticket } from './ticket';

/** The workshop. Each mail: prompt, body of the reply, next stop. */
export const repairs: Ticket[] = [
  [
    [
      'My gears jump when I go uphill. Is that something you can fix quickly?',
      'That sounds like a stretched cable, ten minutes and 15 euros.',
      'bring it before ten tomorrow and ride home for lunch.',
    ],
  ],
  [
    [
      'How much does a full service cost and when can I come?',
      '95 euros for brakes, gears, bearings and a wash that your bicycle remembers for weeks.',
      '{{pickup_date}} is free, answer yes and it is yours.',
    ],
    [
      'Yes please. Can I wait while you do it?',
      'A full service takes four hours and much coffee. Better leave it with us overnight.',
      'hand it over on the evening before, collect it by noon.',
    ],
  ],
  [
    [
      'The brakes squeal like a pig since you replaced the pads.',
      'New pads sing until they are bedded in. Brake hard ten times on a dry road.',
      'if they still sing on Friday, we sand them free of charge.',
    ],
  ],
  [
    [
      'Can you true a wheel while I wait?',
      'Yes, twenty minutes and 18 euros. A broken spoke, though, has to stay overnight.',
      'come on any weekday before noon.',
    ],
  ],
  [
    [
      'Do you repair bikes I did not buy from you?',
      'Of course, we never ask a bicycle where it was born.',
      'call before ten tomorrow and we find it a stand.',
    ],
  ],
  [
    [
      'My tyre is flat again, third time this month.',
      'Three times is no bad luck, it is a thorn that stayed in the tyre.',
      'roll it in today, the search is free.',
    ],
    [
      'You found it! A tiny piece of glass. Thank you.',
      'It now sits in our jar of small villains on the counter.',
      'check the pressure once more on Sunday.',
    ],
  ],
  [
    [
      'I hear a clicking noise with every turn of the pedal.',
      'Clicks love pedals and bottom brackets. Grease the pedal threads first, it costs nothing.',
      'if it clicks on, leave the bicycle here on Monday.',
    ],
  ],
  [
    [
      'When will my bike be ready? I left it on Monday.',
      'It hangs third in line and waits for one bearing.',
      'it is ready on {{pickup_date}} at noon.',
    ],
  ],
  [
    [
      'Could you pick up my bike at home? I hurt my foot.',
      'Rest the foot, our cargo bicycle does the walking. It costs 12 euros there and back.',
      'we ring your bell on Tuesday at nine.',
    ],
  ],
  [
    [
      'I tried to fix the derailleur and now it is in the spokes.',
      'Brave, and it happens to us too, only never in public. Do not turn the wheel any more.',
      'carry it in tomorrow and we look at the damage together.',
    ],
  ],
  [
    [
      'My chain fell off and I cannot get it back on.',
      'Push the rear mech forward with your thumb and lay the chain on the smallest ring.',
      'turn the pedal slowly, and if it refuses come by today.',
    ],
  ],
  [
    [
      'How often should I oil the chain?',
      'Every 200 km, and after each good rain. Wipe off more than you put on.',
      'do it tonight, it takes the length of one song.',
    ],
  ],
  [
    [
      'You quoted 40 euros and now you want 65!',
      'Fair question. The hub turned out to be dry, and Mara should have called you first.',
      'you pay 40 today, the rest is our lesson.',
    ],
  ],
  [
    [
      'Can you fit mudguards on a racing bike?',
      'If there is room for a pencil between tyre and brake, there is room for ours.',
      'send a picture today and we tell you by evening.',
    ],
  ],
  [
    [
      'The wheel wobbles after I hit a pothole.',
      'Loosen the brake a little and ride slowly, no further than our door.',
      'we look at it at once, any day until six.',
    ],
  ],
  [
    [
      'Do I need an appointment for a puncture?',
      'Never. Punctures make none either.',
      'walk in, wait 15 minutes and roll out today.',
    ],
  ],
  [
    [
      'My bike was stolen and found again, but in pieces.',
      'Pieces are a start. Bring every bag of them, even the odd screws.',
      'we lay it out on Thursday and tell you what it takes.',
    ],
    [
      'So, is it worth putting together again?',
      'The frame is straight and the wheels are honest. We say yes, for about 180 euros.',
      'nod by Friday and it rides next week.',
    ],
  ],
  [
    [
      'Is the inspection after 300 km really necessary?',
      'Spokes and cables settle in the first weeks, like shoes. It is free and takes half an hour.',
      'pick any morning next week.',
    ],
  ],
  [
    [
      'Can I watch you working? I want to learn it.',
      'With pleasure, and you get a rag. Wednesday evenings are open workshop.',
      'come this Wednesday at seven.',
    ],
  ],
  [
    [
      'The new handlebar tape is coming loose.',
      'Then our thumb was lazy. We wind it again for nothing, a bit tighter.',
      'drop in before Saturday, five minutes.',
    ],
  ],
  [
    [
      'How do I get my bike home if it is not ridable?',
      'Our trailer is free for a day, and it fits most hooks and most moods.',
      'fetch it tomorrow from eight on.',
    ],
  ],
  [
    [
      'I forgot my key in the workshop.',
      'It hangs on the nail beside the clock and looks lonely.',
      'collect it today before seven.',
    ],
  ],
  [
    [
      'My front light flickers when I ride over bumps.',
      'A loose plug at the fork, nine times out of ten. Press it in until it clicks.',
      'if it flickers tomorrow still, we solder it while you wait.',
    ],
  ],
];
