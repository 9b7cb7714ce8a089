import type { Ticket } from './ticket';

/** Gift vouchers. Each mail: prompt, body of the reply, next stop. */
export const vouchers: Ticket[] = [
  [
    [
      'I got a voucher. Can I use it in the workshop too?',
      'It pays for everything we do, grease included. What is left stays on it for ten years.',
      'show the code when you bring the bicycle, any day.',
    ],
  ],
  [
    [
      'I lost the paper of my gift voucher.',
      'Paper gets lost, codes do not. Tell us who bought it and roughly when.',
      'the code is in your mailbox by this evening.',
    ],
  ],
  [
    [
      'Can you send a voucher today? The birthday is tomorrow.',
      'It takes one minute. Buy it under gifts and print the page with the small balloon.',
      'it is in your mailbox before you have found the ribbon, today.',
    ],
  ],
  [
    [
      'Can I split a voucher over two orders?',
      'As often as you like, it counts down like a bottle of good oil.',
      'use the same code again whenever you order next.',
    ],
  ],
  [
    [
      'My voucher code has a zero or an O, I cannot tell.',
      'Always a zero, we banned the letter for this very reason.',
      'try it once more, and call us before six if it sulks.',
    ],
  ],
  [
    [
      'Is the voucher valid abroad?',
      'Everywhere we ship to, and that is as far as Portugal.',
      'enter the code in the basket today, no matter the country.',
    ],
  ],
  [
    [
      'I want to give a voucher for a bike fitting.',
      'A fine gift for anyone with knees. It is 60 euros and an hour long.',
      'choose fitting under gifts and it arrives today.',
    ],
  ],
  [
    [
      'The voucher says 50 but only 30 were taken off.',
      'The basket cost 30, so 20 still wait inside. Nothing is gone.',
      'spend the rest on your next visit, any year.',
    ],
  ],
  [
    [
      'Can I pay a voucher out in cash?',
      'Money in, bicycle things out, that is the deal. But you may pass it on.',
      'hand the code to somebody who rides, today or in ten years.',
    ],
  ],
  [
    [
      'How much should I give to a beginner?',
      '45 euros buys lights, a tube and a lesson in using both.',
      'choose the amount tonight and it is there at once.',
    ],
  ],
  [
    [
      'Do you have vouchers on real paper?',
      'Thick paper, with a drawing of our oldest bicycle. It waits at the counter.',
      'pick it up until seven, or we post it tomorrow.',
    ],
  ],
  [
    [
      'My voucher has expired, it is from 2014.',
      'Ours live ten years, yours is a little older. We like old things.',
      'come in this month and we honour it.',
    ],
    [
      'You really took it! My late father had given it to me.',
      'Then we are glad it became something that rolls.',
      'bring the new bell by in spring and we polish it.',
    ],
  ],
  [
    [
      'Can I add a photo to the voucher?',
      'Yes, drop it on the page when you order. Bicycles in the photo bring luck.',
      'you see a preview before you pay, in one minute.',
    ],
  ],
  [
    [
      'I typed the wrong e-mail address for a voucher.',
      'It flew to nobody, so nobody used it. We called it back.',
      'tell us the right address and it lands there today.',
    ],
  ],
  [
    [
      'Can several people pay into one voucher?',
      'Office collections are our favourite. Each pays a part, one code comes out.',
      'we send the link for your colleagues this afternoon.',
    ],
  ],
  [
    [
      'The voucher was meant for a child, but she has a bike already.',
      'Children need more bells than bicycles. It also pays for our Saturday course.',
      'book a place by Thursday, six children, one pump.',
    ],
  ],
  [
    [
      'Please cancel the voucher, we bought two by accident.',
      'Two of a kind are only good in cards. The second one is cancelled.',
      'the money is back within three days.',
    ],
  ],
  [
    [
      'Can I use two vouchers for one bike?',
      'Two, or ten, they queue politely behind each other.',
      'type them in one after the other today.',
    ],
  ],
  [
    [
      'How will my aunt receive it? She has no internet.',
      'By post, in an envelope with a stamp of a cyclist.',
      'we write her address by hand and post it tomorrow.',
    ],
  ],
  [
    [
      'Is there a minimum amount for vouchers?',
      'Five euros, because that buys a coffee and a valve cap.',
      'pick any amount and have it today.',
    ],
  ],
  [
    [
      'I want a voucher for the open workshop evening.',
      'It covers one Wednesday, the tools, the rag and the advice.',
      'choose workshop evening under gifts, and he comes next week.',
    ],
  ],
  [
    [
      'The recipient says the code was already used.',
      'On Saturday at noon somebody bought tyres with it. We are looking at who.',
      'you hear from us tomorrow, and the gift stays good.',
    ],
    [
      'It was my brother, he could not wait. Mystery solved.',
      'We thought of a thief and it was only enthusiasm.',
      'his tyres are ready for fitting on Friday.',
    ],
  ],
  [
    [
      'Could you make a voucher out in {{customer_name}}’s name?',
      'Done, with the name in our best handwriting and no price in sight.',
      'it lies in the post tomorrow morning.',
    ],
  ],
];
