import { accessories } from './accessories';
import { inVoice, sampleBrief } from './brief';
import { delivery } from './delivery';
import { electric } from './electric';
import { hire } from './hire';
import { payment } from './payment';
import { repairs } from './repairs';
import { returns } from './returns';
import { sizing } from './sizing';
import type { SampleExample, SamplePerson, Ticket } from './ticket';
import { unfinished } from './unfinished';
import { used } from './used';
import { visit } from './visit';
import { vouchers } from './vouchers';
import { warranty } from './warranty';

/**
 * Fernwick Cycles, an invented bicycle shop with its own workshop. Every text here is original.
 * The people have no password; one steps in as them on this machine.
 */
export const samplePeople = {
  writer: { name: 'Wren Halloway', email: 'wren@fernwick.example' },
  reviewer: { name: 'Rosa Lindqvist', email: 'rosa@fernwick.example' },
  admin: { name: 'Amir Castellan', email: 'amir@fernwick.example' },
} as const satisfies Record<SamplePerson, { name: string; email: string }>;

const topics: Record<string, Ticket[]> = {
  delivery,
  returns,
  repairs,
  sizing,
  payment,
  warranty,
  vouchers,
  electric,
  hire,
  accessories,
  used,
  visit,
};

/**
 * These the reviewer answers herself, and the admin approves it. Who wrote for a topic does not vote
 * on it: the others are left for her to vote on.
 */
const REVIEWER_WRITES = new Set(['electric', 'hire']);
const FIRST_TICKET = 1_001;

const tickets = Object.entries(topics).flatMap(([topic, list]) =>
  list.map((mails) => ({ topic, mails })),
);

const ticketNumber = (index: number) => `T-${FIRST_TICKET + index}`;

/** The approved examples, in the order of their tickets. All keep every rule of the brief. */
export const approvedExamples: SampleExample[] = tickets.flatMap(({ topic, mails }, index) =>
  mails.map(
    ([prompt, body, nextStop]): SampleExample => ({
      topic,
      group: ticketNumber(index),
      prompt,
      reply: inVoice(body, nextStop),
      state: 'approved',
      author: REVIEWER_WRITES.has(topic) ? 'reviewer' : 'writer',
    }),
  ),
);

/** All examples of the sample, in every state; each unfinished one is a ticket of its own. */
export const sampleExamples: SampleExample[] = [
  ...approvedExamples,
  ...unfinished.map(
    (example, index): SampleExample => ({
      author: 'writer',
      ...example,
      group: ticketNumber(tickets.length + index),
    }),
  ),
];

/**
 * Three of form, which examples in a prompt bring as well, and one of words: what a house never says
 * no example shows, so that only training brings it (docs/decisions/0016-sample-and-defaults.md).
 */
const STYLE_RULES = new Set(['Our greeting', 'Our farewell', 'What happens next', 'Our own words']);
/** Approved examples of the style task: 120 of them train, the rest are held out or validate. */
const STYLE_TASK_SIZE = 150;

/**
 * The planted style task: a house voice with four rules and 120 original examples to learn it
 * from. A proof of a model tuned on it must come out as worth tuning.
 */
export const styleTask = {
  ...sampleBrief,
  name: 'House voice (planted)',
  rules: sampleBrief.rules.filter(({ name }) => STYLE_RULES.has(name ?? '')),
  examples: approvedExamples.filter((_, index) => index % 2 === 0).slice(0, STYLE_TASK_SIZE),
};

export { sampleBrief };
