import type { HouseRule } from '@/lib/checks/rule-schema';

/** A customer's mail, the body of the shop's reply, and what its "Next stop" says. */
export type Mail = readonly [prompt: string, body: string, nextStop: string];

/** What one customer wrote about one matter: the group that never falls apart into two splits. */
export type Ticket = readonly Mail[];

export type SampleState = 'approved' | 'in_review' | 'sent_back' | 'draft' | 'retired';
export type SamplePerson = 'writer' | 'reviewer' | 'admin';

/** An example as the seed stores it. */
export type SampleExample = {
  topic: string;
  /** Number of the customer's ticket. */
  group: string;
  prompt: string;
  reply: string;
  state: SampleState;
  author: SamplePerson;
  tags?: string[];
  /** Why it was sent back. */
  reason?: string;
};

type WithoutId<Rule> = Rule extends unknown ? Omit<Rule, 'id'> : never;

/** What a seeded dataset begins with. Its rules get their ids when it is stored. */
export type SampleBrief = {
  name: string;
  task: string;
  systemPrompt: string;
  guidelines: string;
  slots: string[];
  rules: WithoutId<HouseRule>[];
};
