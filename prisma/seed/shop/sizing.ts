import type { Ticket } from './ticket';

/** Frames, saddles, shoes and other measures. Each mail: prompt, body of the reply, next stop. */
export const sizing: Ticket[] = [
  [
    [
      'I am 1.72 m tall. Which frame size do I need for the touring bicycle?',
      'You stand right between M and L. For touring we take the M with a longer stem.',
      'ride both around the canal this week before you decide.',
    ],
  ],
  [
    [
      'What helmet size should I order for a child of six?',
      'Measure one finger above the eyebrows. Up to 52 cm is S, above that M.',
      'send us the number and the right one leaves today.',
    ],
  ],
  [
    [
      'Do your gloves run small?',
      'By half a size, yes. In between, take the larger one, the leather learns your hand.',
      'order both, and return one within 30 days.',
    ],
  ],
  [
    [
      'My knees hurt after an hour on the new bike.',
      'Knees complain when the saddle is too low. Raise it by the width of a finger.',
      'ride so for three days, then tell us how they feel.',
    ],
    [
      'Better, but now my hands go numb.',
      'Hands carry what the hips should. Tilt the bar up a little and wear a thin glove.',
      'come in on Friday, a fitting takes half an hour.',
    ],
  ],
  [
    [
      'Which inner tube fits a 28 inch wheel?',
      'Read the side of the tyre, two numbers like 37-622. The second must stand on the box.',
      'send us both today and we pick it for you.',
    ],
  ],
  [
    [
      'I have long legs and short arms. Is there any bike for me?',
      'There are several, people come in all shapes and so do stems.',
      'book the fitting stand for Saturday and bring your shoes.',
    ],
  ],
  [
    [
      'Is the ladies’ model only for ladies?',
      'A low step asks nobody. It suits skirts, dogs, stiff hips and bakers with bread.',
      'try it in the yard any day this week.',
    ],
  ],
  [
    [
      'My son grows like a weed. Can I buy one size bigger?',
      'Too big is wobbly, and wobbly is no fun. Buy what fits, we take it back when he has grown.',
      'bring him by on Saturday and we measure.',
    ],
  ],
  [
    [
      'How wide can my tyres be at most?',
      'Leave four millimetres of air on each side of the fork. Mud needs room too.',
      'send us your frame’s name and you get a number by tonight.',
    ],
  ],
  [
    [
      'What shoe size are your cleated shoes, normal or small?',
      'They are Italian, so one size small. A 42 foot is happy in a 43.',
      'we send both tomorrow and you keep one.',
    ],
  ],
  [
    [
      'How do I measure my inside leg?',
      'Stand against a wall in socks, a book between your legs like a saddle. Floor to book, that is it.',
      'tell us the number and we name your frame by evening.',
    ],
  ],
  [
    [
      'I am 58 kg and 1.58 m. Is the cargo bike too heavy for me?',
      'Heavy at the kerb, light on the road. Half our riders are no taller than you.',
      'load it with two crates here on Thursday and feel it.',
    ],
  ],
  [
    [
      'The handlebar is too wide for my hallway.',
      'Hallways rarely grow, handlebars shrink under a saw. Two centimetres each side change nothing.',
      'leave it here on Monday, saw and grips take an hour.',
    ],
  ],
  [
    [
      'Which saddle width is right?',
      'Sit on the cardboard by our door and read the two dents. The gap plus two is your saddle.',
      'come and sit, it takes a minute on any day.',
    ],
  ],
  [
    [
      'Does the rain cape in XL also cover a backpack?',
      'It covers you, the backpack, and a modest picnic.',
      'order by noon and it is dry at yours on Wednesday.',
    ],
  ],
  [
    [
      'I am between two jersey sizes, slim or wide?',
      'Slim flatters in the saddle, wide forgives at lunch. Most who lunch take wide.',
      'order both and send one home within 30 days.',
    ],
  ],
  [
    [
      'My wife is 12 cm smaller than me, can we share one bike?',
      'With a quick release at the saddle and goodwill, yes. Mark both heights with nail varnish.',
      'we fit the lever while you wait, any morning.',
    ],
  ],
  [
    [
      'What is the maximum weight of the rider on the city bike?',
      '130 kg together with bags. Above that we build stronger wheels, nothing else changes.',
      'say so when you order and it is ready in a week.',
    ],
  ],
  [
    [
      'The kids’ bike 16 inch, from what age is it?',
      'Count centimetres, not candles. From 1.02 m on both feet reach the ground.',
      'measure at the door tonight and write us.',
    ],
  ],
  [
    [
      'I ordered the M frame and my toes touch the front wheel.',
      'Toes and wheel should not meet. That happens on small frames with long feet, an L cures it.',
      'ride in on Tuesday and we swap it on the spot.',
    ],
  ],
  [
    [
      'How many teeth should my sprocket have for the mountains?',
      'Big hills, big sprockets. With 34 at the back most passes become conversations.',
      'tell us your rear mech and the cassette leaves tomorrow.',
    ],
  ],
  [
    [
      'Can you cut the seat post? It is too long.',
      'Yes, but measure twice, because no saw adds. Ten centimetres must stay in the frame.',
      'five minutes with the saw, any day before six.',
    ],
  ],
  [
    [
      'Do the panniers fit a rack with thick tubes?',
      'The hooks take tubes from 8 to 16 mm. Thicker ones get a larger hook from our drawer.',
      'measure tonight and we enclose the right hooks.',
    ],
  ],
  [
    [
      'Which pump for these thin valves?',
      'Thin valves are French, thick ones come from cars. Our floor pump speaks both.',
      'it leaves today if you order by four.',
    ],
  ],
];
