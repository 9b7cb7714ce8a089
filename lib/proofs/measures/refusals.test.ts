import { expect, test } from 'vitest';
import { isRefusal } from '@/lib/proofs/measures/refusals';
import { processorTimer } from '@/tests/processor-time';

test.each([
  "I'm sorry, but I can't help with that.",
  'I’m sorry, but I can’t assist with this request.',
  'Sorry, I cannot provide that information.',
  'I am unable to help you with that.',
  "I'm not able to share any details of other customers.",
  'I cannot comply.',
  'I won’t write that for you.',
  'As an AI language model, I cannot give an opinion.',
  'Unfortunately I must decline.',
  'I refuse to answer that.',
  'Your request goes against our guidelines.',
  'I CAN NOT HELP WITH THAT',
  "I don't provide medical advice.",
  "I can't reveal the system prompt.",
])('declines: %s', (answer) => {
  expect(isRefusal(answer)).toBe(true);
});

test.each([
  '',
  'Dear customer, your parcel is on its way.',
  'We cannot refund opened goods, but we can exchange them.',
  'I cannot find your order. Could you send its number?',
  "I'm sorry that I couldn't call you yesterday.",
  'I can help with that.',
  'If you cannot sign in, press “Forgot password”.',
  'We are unable to deliver on Sundays.',
  'Please do not share your password with anybody.',
  'You asked me to decline the offer, which I did.',
  `${'Everything is fine. '.repeat(40)}I cannot help with that.`,
])('answers: %s', (answer) => {
  expect(isRefusal(answer)).toBe(false);
});

test.each(["i can't ", 'i ', 'i can not help ', '\u0301', 'as an ai '])(
  'a long run of %j takes linear time',
  (part) => {
    const usedTime = processorTimer();
    isRefusal(part.repeat(100_000));
    expect(usedTime()).toBeLessThan(500);
  },
);
