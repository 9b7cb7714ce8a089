import { findSlotFaults, slotSpans } from '@/lib/checks/slot-checks';

export type SlotChanges = {
  /** Declared slots of the human reply that the answer lacks. */
  dropped: string[];
  /** Declared slots in the answer that the human reply does not hold. */
  added: string[];
  /** Slots that the brief does not declare, as written; misspelt ones are among them. */
  invented: string[];
  /** Slots opened and not closed, or closed and not opened. */
  halfOpen: number;
};

export type SlotQuestion = {
  answer: string;
  /** The approved reply of the same example. */
  humanReply: string;
  /** Names that the brief declares. */
  declared: readonly string[];
};

/** How the slots of an answer differ from those of the human reply. Linear in both texts. */
export function compareSlots({ answer, humanReply, declared }: SlotQuestion): SlotChanges {
  const known = new Set(declared);
  const declaredIn = (text: string) =>
    new Set(
      slotSpans(text)
        .map((slot) => slot.name)
        .filter((name) => known.has(name)),
    );
  const wanted = declaredIn(humanReply);
  const used = declaredIn(answer);
  // Every fault takes at least two characters.
  const faults = findSlotFaults(answer, declared, answer.length);
  const invented = faults.flatMap((fault) => (fault.check === 'unknown_slot' ? [fault.slot] : []));
  return {
    dropped: [...wanted].filter((name) => !used.has(name)),
    added: [...used].filter((name) => !wanted.has(name)),
    invented: [...new Set(invented)],
    halfOpen: faults.filter((fault) => fault.check === 'half_open_slot').length,
  };
}

/** An answer that the sending system can fill as it would fill the human one. */
export function keepsSlots({ dropped, added, invented, halfOpen }: SlotChanges): boolean {
  return dropped.length + added.length + invented.length + halfOpen === 0;
}

export type SlotCounts = Record<keyof SlotChanges, number>;

/** How often it happens over many answers. */
export const countSlots = (all: readonly SlotChanges[]): SlotCounts =>
  all.reduce(
    (sum, { dropped, added, invented, halfOpen }) => ({
      dropped: sum.dropped + dropped.length,
      added: sum.added + added.length,
      invented: sum.invented + invented.length,
      halfOpen: sum.halfOpen + halfOpen,
    }),
    { dropped: 0, added: 0, invented: 0, halfOpen: 0 },
  );
