export const exampleStatuses = ['draft', 'in_review', 'sent_back', 'approved', 'retired'] as const;
export type ExampleStatus = (typeof exampleStatuses)[number];

export const moves = ['submit', 'take_back', 'retire', 'unretire'] as const;
export type Move = (typeof moves)[number];

type State = {
  status: ExampleStatus;
  statusBeforeRetire: ExampleStatus | null;
  /** The current revision is the approved one. */
  isApproved: boolean;
};

/**
 * The status after a move that a person asks for, or null where the move does not apply.
 * Approval and sending back are decisions of a review, not moves.
 */
export function statusAfterMove(state: State, move: Move): ExampleStatus | null {
  switch (move) {
    case 'submit':
      return state.status === 'draft' || state.status === 'sent_back' ? 'in_review' : null;
    case 'take_back':
      return state.status === 'in_review' ? 'draft' : null;
    case 'retire':
      return state.status === 'retired' ? null : 'retired';
    case 'unretire':
      if (state.status !== 'retired') return null;
      if (state.isApproved) return 'approved';
      return state.statusBeforeRetire === 'approved'
        ? 'in_review'
        : (state.statusBeforeRetire ?? 'draft');
    default:
      return move satisfies never;
  }
}

/** The status after a new revision: an approved example goes back into review, the others stay. */
export function statusAfterEdit(status: ExampleStatus): ExampleStatus | null {
  if (status === 'retired') return null;
  return status === 'approved' ? 'in_review' : status;
}

export const abilities = ['edit', 'duplicate', 'withdraw', ...moves] as const;
export type Ability = (typeof abilities)[number];
/** Why something cannot be done now: a key below `examples.why`. */
export type Refusal =
  | 'role'
  | 'retired'
  | 'alreadyInReview'
  | 'alreadyApproved'
  | 'notInReview'
  | 'notApproved'
  | 'notRetired'
  | 'alreadyRetired';
export type Abilities = Record<Ability, Refusal | null>;

/**
 * What a person may do with an example now: null = may, otherwise the reason. `hasApproval` says
 * that an approval stands, of the current revision or of an earlier one.
 */
export function exampleAbilities(
  state: State & { hasApproval: boolean },
  may: { write: boolean; submit: boolean; retire: boolean; decide: boolean },
): Abilities {
  const move = (name: Move, allowed: boolean): Refusal | null =>
    allowed ? (statusAfterMove(state, name) ? null : refusalOfMove(state.status, name)) : 'role';
  const isRetired = state.status === 'retired';
  return {
    edit: may.write ? (isRetired ? 'retired' : null) : 'role',
    duplicate: may.write ? null : 'role',
    withdraw: state.hasApproval ? (may.decide ? null : 'role') : 'notApproved',
    submit: move('submit', may.submit),
    take_back: move('take_back', may.submit),
    retire: move('retire', may.retire),
    unretire: move('unretire', may.retire),
  };
}

/** Why a move does not apply in a status. */
export function refusalOfMove(status: ExampleStatus, move: Move): Refusal {
  if (move === 'unretire') return 'notRetired';
  if (status === 'retired') return move === 'retire' ? 'alreadyRetired' : 'retired';
  if (move === 'take_back') return 'notInReview';
  return status === 'approved' ? 'alreadyApproved' : 'alreadyInReview';
}

/** The status in which a move leaves an example: where it stands there already, a repeated request is done. */
export function isMoveDone(state: State, move: Move): boolean {
  switch (move) {
    case 'submit':
      return state.status === 'in_review';
    case 'take_back':
      return state.status === 'draft';
    case 'retire':
      return state.status === 'retired';
    case 'unretire':
      return state.status !== 'retired';
    default:
      return move satisfies never;
  }
}
