import type { Ticket } from './ticket';

/** The shop itself: hours, people, accounts. Each mail: prompt, body of the reply, next stop. */
export const visit: Ticket[] = [
  [
    [
      'What are your opening hours?',
      'Weekdays eight to seven, Saturdays nine to four. On Sundays we ride ourselves.',
      'the door is open tomorrow from eight.',
    ],
  ],
  [
    [
      'Is there parking in front of the shop?',
      'For 60 bicycles, and two cars that behave. The large car park is behind the church.',
      'ring the brass bell when you load, we help at once.',
    ],
  ],
  [
    [
      'I called five times and nobody answered.',
      'Five rings and no hand free of grease, that is poor. The phone now has its own rag and its own Ben.',
      'he calls you back this afternoon.',
    ],
  ],
  [
    [
      'Are you open on Easter Monday?',
      'We are closed and somewhere on a hill. The free pump outside works all days.',
      'come on Tuesday from eight.',
    ],
  ],
  [
    [
      'Can I talk to the lady who sold me my bike? I think Rosa.',
      'Rosa it was, she remembers the green helmet. She is here from Tuesday to Friday.',
      'ask for her tomorrow after ten.',
    ],
  ],
  [
    [
      'Do you have a toilet? My kids always ask.',
      'Behind the tyres, second door, painted with a swan. Paper is never missing.',
      'next visit, just walk through.',
    ],
  ],
  [
    [
      'Your newsletter comes twice each time.',
      'One is for your old address, and we wake both. The second one now sleeps.',
      'the next arrives once, on the first of the month.',
    ],
  ],
  [
    [
      'Please delete my account. I do not ride any more.',
      'The account is gone, your tyre pressures with it. The pump stays free for you.',
      'the last data leave our copies within 30 days.',
    ],
  ],
  [
    [
      'I forgot my password for your shop.',
      'Happens to those with good locks. Use the small link below the field.',
      'the new one works today, at once.',
    ],
  ],
  [
    [
      'Do you have jobs for a mechanic?',
      'We look for someone who truly likes bearings. Mondays are long, Fridays are short.',
      'send three lines about you, and come for a trial day in May.',
    ],
    [
      'I sent my three lines last week.',
      'They hang on our board, with two exclamation marks by Mara.',
      'trial day is on the 6th at eight, bring boots.',
    ],
  ],
  [
    [
      'Can my class visit the workshop?',
      'Twenty children at most, all get a spoke to keep. We show what is inside a hub.',
      'choose a Thursday morning in autumn.',
    ],
  ],
  [
    [
      'Are dogs allowed in the shop?',
      'Dogs yes, wet dogs only on the mat. Biscuits are in the tin with the chain on it.',
      'bring yours tomorrow, ours is called Spoke.',
    ],
  ],
  [
    [
      'I was treated rudely at the counter yesterday.',
      'That should not happen in this house. We spoke with everyone who stood there, and one of us wants to tell you himself.',
      'may he call you tomorrow evening?',
    ],
  ],
  [
    [
      'Is the shop accessible with a wheelchair?',
      'No step at the yard door, and the counter has a low end. We tighten spokes on wheelchairs as well.',
      'ring at the yard, we open at once.',
    ],
  ],
  [
    [
      'Where exactly are you? The map shows a river.',
      'The map is right, we live on the old pier. Take the little bridge by the mill.',
      'turn left at the mill tomorrow and follow the smell of oil.',
    ],
  ],
  [
    [
      'Do you speak French?',
      'Ben does, with hands and feet, from Wednesday on. Bicycles need few words.',
      'come on Wednesday and ask for him.',
    ],
  ],
  [
    [
      'I left my umbrella with you.',
      'Black, wooden handle, a bit offended. It stands by the till.',
      'it waits until you pass, even in summer.',
    ],
  ],
  [
    [
      'Could you put up a poster for our flea market?',
      'Our door has room until Friday, left pane, below the lost gloves.',
      'drop it off today and it hangs tonight.',
    ],
  ],
  [
    [
      'Can I get the Wi-Fi code in the waiting room?',
      'It is on the mug, in small letters, so that people read the mug.',
      'next time, order a coffee and look down.',
    ],
  ],
  [
    [
      'Do you close early before Christmas?',
      'On the 24th at noon, after the last small bicycle has left.',
      'everything ordered by the 20th is ready in time.',
    ],
  ],
  [
    [
      'How long is the waiting time in spring?',
      'In April about nine days, in February two. The clever ones come with snow on their boots.',
      'book today for next week and skip the queue.',
    ],
  ],
  [
    [
      'Who won the raffle at the summer party?',
      'Number 118, a lady with a straw hat, who now owns a unicycle.',
      'next raffle in August, tickets from July.',
    ],
  ],
  [
    [
      'I want to say thank you, the whole team was great.',
      'Your mail hangs above the bench, next to the calendar. It makes the Mondays shorter.',
      'see you at the spring check in March.',
    ],
  ],
  [
    [
      'Do you have a place where I can wash my bike?',
      'In the yard, bucket and brushes, 2 euros into the boot by the tap.',
      'it is free every day until six.',
    ],
  ],
];
