import type { Ticket } from './ticket';

/** Money, invoices and offers. Each mail: prompt, body of the reply, next stop. */
export const payment: Ticket[] = [
  [
    [
      'I was charged twice for the same order.',
      'One of the two lines is only a reservation, it falls off like a leaf.',
      'if both stand there on {{pickup_date}}, we pay one back that day.',
    ],
    [
      'Both lines are still there!',
      'Then it was no leaf. We saw the double entry and turned it round.',
      'your money is back within three days.',
    ],
  ],
  [
    [
      'Can I pay in instalments for a bicycle?',
      'From 500 euros on, in 6 or 12 parts and without interest.',
      'choose it in the basket, it takes five minutes today.',
    ],
  ],
  [
    [
      'Please send me the invoice with my company’s name on it.',
      'We need the company’s name, address and tax number, nothing more.',
      'the new invoice for {{order_number}} comes within the hour.',
    ],
  ],
  [
    [
      'My discount code does not work.',
      'It works for everything without a motor, and the basket says so far too quietly.',
      'take the motor out today, or keep the code until June.',
    ],
  ],
  [
    [
      'Why is the price online different from the price in the shop?',
      'The screen is faster than our labels. You pay the lower of the two, always.',
      'show your phone at the counter tomorrow.',
    ],
  ],
  [
    [
      'Do you take cash?',
      'Cash, cards, and once a very good cheese. Coins are welcome too.',
      'the till is open until seven tonight.',
    ],
  ],
  [
    [
      'I transferred the money on Monday, why is my order still waiting?',
      'Banks walk, they do not ride. Yours arrived this morning.',
      '{{order_number}} leaves today.',
    ],
  ],
  [
    [
      'Can I pay when I collect the bike?',
      'Yes, a tenth now keeps it yours, the rest waits for the handlebar in your hand.',
      'pay the rest on the day you collect it.',
    ],
  ],
  [
    [
      'The invoice shows the wrong tax rate.',
      'You are right, repairs carry the lower one and we used the other.',
      'a new invoice comes today, and 7 euros go back to you.',
    ],
  ],
  [
    [
      'I paid too much, 250 instead of 205.',
      'A classic, the two digits changed places. The 45 euros are not ours.',
      'they travel back to your account tomorrow.',
    ],
  ],
  [
    [
      'Do I get a discount as a student?',
      'Ten percent on everything that keeps you rolling, tubes to tyres.',
      'show the card at the counter any day this term.',
    ],
  ],
  [
    [
      'Is there a discount if I buy three bikes for my family?',
      'The third helmet, third lock and third bell are on us. That beats a percentage.',
      'come on Saturday, all three riders at once.',
    ],
  ],
  [
    [
      'My bank says the payment was blocked.',
      'Banks get nervous about bicycles at midnight. Allow it once in their app.',
      'try again today, your basket waits until Sunday.',
    ],
  ],
  [
    [
      'When will you charge my card for the pre-order?',
      'Not before the bicycle stands here on its own wheels.',
      'we write a day before, probably in May.',
    ],
  ],
  [
    [
      'Can you split the bill between me and my sister?',
      'Sisters are easy. Two invoices, half and half, one bicycle.',
      'give us her address and both come tomorrow.',
    ],
  ],
  [
    [
      'I never received an invoice for the last repair.',
      'It slipped behind the workbench of our computer. It is attached now.',
      'nothing to pay until the end of the month.',
    ],
  ],
  [
    [
      'You sent me a reminder although I paid!',
      'Your money and our letter crossed on the road. You owe nothing.',
      'throw the letter away today, we have closed the case.',
    ],
  ],
  [
    [
      'Do you accept the bike lease from my employer?',
      'We do, with all four companies that offer it. The forms are on us.',
      'bring your employer’s name and ride off within a week.',
    ],
  ],
  [
    [
      'How long is your offer valid?',
      'Two weeks on paper, a little longer among friends.',
      'say yes by the 20th and the price stands.',
    ],
  ],
  [
    [
      'Can I get a receipt for the air I bought? Just kidding.',
      'Air is free here, day and night, left of the door. The receipt costs us more.',
      'fill up whenever you pass, even tonight.',
    ],
  ],
  [
    [
      'I need a quote for 12 bikes for our hotel.',
      'Twelve bicycles, one colour, baskets included: we have done it for the inn by the lake.',
      'the written quote is with you on Friday.',
    ],
    [
      'Could you add child seats for four of them?',
      'Four seats, and we fit them so that guests need no tools.',
      'the new quote reaches you tomorrow by noon.',
    ],
  ],
  [
    [
      'Is it possible to cancel the instalment plan and pay all at once?',
      'Any time, and it costs nothing. The rest is 312 euros.',
      'pay it by Friday and the plan ends the same day.',
    ],
  ],
  [
    [
      'The payment page freezes when I press pay.',
      'It stumbles over old browsers. Nothing was charged, we looked.',
      'try another browser, or call us before six and we take it by phone.',
    ],
  ],
];
