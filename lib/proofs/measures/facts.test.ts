import { describe, expect, test } from 'vitest';
import { findFacts, groundsOf, ungroundedFacts } from '@/lib/proofs/measures/facts';
import { processorTimer } from '@/tests/processor-time';

const short = (text: string) =>
  findFacts(text).map((fact) => `${fact.kind} ${fact.readings.join('|')}`);

describe('findFacts', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['No fact at all.', []],
    ['We have 1,234.50 of them.', ['number 1234.5']],
    ['1234.5', ['number 1234.5']],
    ['1.234,50', ['number 1234.5']],
    ["1'234.50", ['number 1234.5']],
    ['1.234', ['number 1234|1.234']],
    ['12,34,567', ['number 1234567']],
    ['007', ['number 7']],
    ['It costs $20.', ['amount 20']],
    ['It costs 20,00 €, with VAT.', ['amount 20']],
    ['EUR 1 200', ['amount 1', 'number 200']],
    ['20 euros or 20 EUR', ['amount 20', 'amount 20']],
    ['２０ pieces and ٢٥ more', ['number 20', 'number 25']],
    ['on 2024-05-06', ['date 2024-05-06']],
    ['on 6 May 2024 or May 6th, 2024', ['date 2024-05-06', 'date 2024-05-06']],
    ['the 6th of May', ['date 05-06']],
    ['am 06.05.2024', ['date 2024-05-06|2024-06-05']],
    ['on 25/12/24', ['date 2024-12-25']],
    ['2024-13-45', ['number 2024', 'number 13', 'number 45']],
    // Read as a day of May: a false find, kept in view.
    ['You may 3 times', ['date 05-03']],
    ['See https://Example.com/a/?b=1.', ['link example.com/a/?b=1']],
    ['See (www.example.com/)', ['link example.com']],
    ['Write to Help@Example.com.', ['email help@example.com']],
    ['Order {{order_12}} is {{x}}', []],
    ['1. First\n2) Second\n 3. Third of 4', ['number 4']],
    ['ORD-7781 v2', ['number 7781', 'number 2']],
  ])('%s', (text, facts) => {
    expect(short(text)).toEqual(facts);
  });
});

describe('ungroundedFacts', () => {
  test.each<[string, string[], string[]]>([
    ['You get $1,234.50 back.', ['I paid 1234.5 dollars'], []],
    ['You get $1,234.50 back.', ['I paid 1234 dollars'], ['1,234.50']],
    ['By 6 May.', ['Ordered on 2024-05-06'], []],
    ['By 6 May 2025.', ['Ordered on 2024-05-06'], ['6 May 2025']],
    ['By 05/06/2024.', ['on 5 June 2024'], []],
    ['See https://example.com/returns.', ['Link: http://www.example.com/returns/'], []],
    [
      'See https://example.com/evil',
      ['Link: https://example.com/returns'],
      ['https://example.com/evil'],
    ],
    ['Within 14 days, order 5512', ['order 5512', 'Guidelines: 14 days'], []],
    ['Within 30 days', ['two weeks', ''], ['30']],
    ['Nothing to find', [], []],
    ['It takes 3', [], ['3']],
  ])('%s from %j', (answer, sources, expected) => {
    expect(ungroundedFacts(answer, groundsOf(sources)).map((fact) => fact.text)).toEqual(expected);
  });
});

test.each([
  '1',
  '1.',
  '1,',
  '1,1',
  '1.111.',
  '$',
  '$ ',
  'a@',
  'a.',
  'a@b.',
  'a@a',
  'http://',
  'https://a ',
  'www.',
  '01/01/',
  '1 may ',
  'may 1 ',
  '1-',
  '{{a}}',
  '\n1.',
  '\t',
  '٣',
  'é\u0301',
])('50,000 characters of %j take linear time', (part) => {
  const text = part.repeat(Math.ceil(50_000 / part.length));
  const usedTime = processorTimer();
  findFacts(text);
  expect(usedTime()).toBeLessThan(3_000);
});
