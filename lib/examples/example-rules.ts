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
