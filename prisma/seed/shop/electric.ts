import type { Ticket } from './ticket';

/** Bicycles with a motor. Each mail: prompt, body of the reply, next stop. */
export const electric: Ticket[] = [
  [
    [
      'My electric bicycle shows error 503 and does not help me any more.',
      'Nearly always the small magnet on the rear spoke has slipped. Push it level with the sensor.',
      'if the number stays, bring it in, reading the motor is free any day.',
    ],
  ],
  [
    [
      'Do you ship electric bicycles?',
      'Within 200 km we bring them ourselves, ready to ride, for 35 euros. Further away it takes a truck.',
      'order this week and it rolls up next week.',
    ],
  ],
  [
    [
      'How long does a battery last?',
      'About 800 full charges, or seven years of Sundays. It fades slowly, like jeans.',
      'we measure yours for free, any morning.',
    ],
  ],
  [
    [
      'The battery was empty after 20 km instead of 70.',
      'Cold halves the range and soft tyres eat the rest. Pump to 4 bar and store the battery indoors.',
      'ride it so this week and write us the number.',
    ],
    [
      'Tyres pumped, battery warm, still only 25 km.',
      'Then the cells are tired, and they are under warranty until March.',
      'bring it on Monday, the test runs overnight.',
    ],
  ],
  [
    [
      'Can I leave the battery outside in winter?',
      'The bicycle may freeze, the battery may not. Give it a shelf in the hall.',
      'take it in tonight, half full is best.',
    ],
  ],
  [
    [
      'I lost the key for the battery lock.',
      'The number is on a tag that you threw into a drawer. Without it we change the lock.',
      'find the number by Friday and a key is cut in a day.',
    ],
  ],
  [
    [
      'Is it allowed to take an e-bike on the train?',
      'The bicycle yes, the charger yes, opinions about it also. Reserve a place first.',
      'book by the evening before, the app asks for 27 kg.',
    ],
  ],
  [
    [
      'The motor hums louder than last year.',
      'Hums come from a dry gear or a proud owner. We listen with a screwdriver at the ear.',
      'ride by any morning this week, it takes five minutes.',
    ],
  ],
  [
    [
      'How do I clean it? Can I use a pressure washer?',
      'Bucket and sponge, never pressure. Water finds motors the way cats find beds.',
      'wash it on Saturday and oil the chain after.',
    ],
  ],
  [
    [
      'My display stays black.',
      'Take the battery out, count to twenty, click it back in. It often just wants attention.',
      'if it stays black tomorrow, we lend you a display.',
    ],
  ],
  [
    [
      'Can you make my e-bike faster than 25?',
      'We know how, and we do not. The law, your insurer and your brakes all agree.',
      'lighter tyres roll better, try them here on Thursday.',
    ],
  ],
  [
    [
      'How much is a second battery?',
      '540 euros for the same size, 690 for the large one that laughs at mountains.',
      'tell us which, and it is here in four days.',
    ],
  ],
  [
    [
      'The app wants an update and then nothing happens.',
      'It sleeps when the screen does. Keep the phone awake beside the bicycle.',
      'start it tonight, it takes ten minutes and no riding.',
    ],
  ],
  [
    [
      'What does a motor check cost?',
      'Reading it is free, the full check is 45 euros and ends with a printed page.',
      '{{pickup_date}} has a free stand at nine.',
    ],
  ],
  [
    [
      'Can I charge it at work with a normal plug?',
      'Any socket is fine, it draws no more than a kettle. Ask the boss, bring cake.',
      'a second charger is ready for you on Monday.',
    ],
  ],
  [
    [
      'My mother is 78. Is an e-bike too dangerous for her?',
      'Our oldest customer is 84 and overtakes us. A low step and a gentle motor do the trick.',
      'bring her on Tuesday morning, the yard is quiet then.',
    ],
    [
      'She loved it. Which one should she take?',
      'The blue one with the basket, she smiled at it first. It brakes softly too.',
      'we set it to her height and it is hers on Friday.',
    ],
  ],
  [
    [
      'The charger gets very hot, is that normal?',
      'Warm as tea is fine, hot as soup is not. Unplug it first.',
      'bring it today and take a new one home.',
    ],
  ],
  [
    [
      'Why does the motor stop at 25 and it feels like a wall?',
      'It is the law that lets go, not the motor. A higher gear makes the wall softer.',
      'try one gear up tonight on the flat.',
    ],
  ],
  [
    [
      'Could I rent an e-bike before I buy one?',
      'A weekend is 40 euros, and it counts towards your own.',
      'Saturday at nine is free, bring your identity card.',
    ],
  ],
  [
    [
      'My e-bike was out in heavy rain for a week.',
      'Rain alone is harmless, rain in the plug is not. Dry the contacts with a cloth.',
      'switch it on tomorrow, and call us if it blinks.',
    ],
  ],
  [
    [
      'The walk assist does not work.',
      'Hold the button a full second before you push, it is shy.',
      'if it stays shy, the update on Thursday cures it.',
    ],
  ],
  [
    [
      'Do you recycle old batteries?',
      'Every one, yours or a stranger’s. Do not put it in the bin, it sulks with fire.',
      'drop it at the red box any day, tape over the contacts.',
    ],
  ],
  [
    [
      'What range do I need for 18 km to work each way?',
      '36 km and a hill on the way home, so take 500 watt hours. Then it lasts when it is old, too.',
      'test your own road with ours on Friday.',
    ],
  ],
];
