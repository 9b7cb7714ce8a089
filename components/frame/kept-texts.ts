/** Texts that this browser keeps for a person and the server does not have begin with this key. */
const prefix = (userId: string) => `apprentice:draft:${userId}:`;
const LEAVING = 'apprentice:leaving';

const keysOf = (userId: string): string[] => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix(userId)));
  } catch {
    return [];
  }
};

/** How many unsaved texts of this person are on this device: ask before signing out. */
export const countKeptTexts = (userId: string): number => keysOf(userId).length;

/** Notes who signs out; an open editor keeps its text until it is gone, so the removal comes after. */
export function noteLeaving(userId: string): void {
  try {
    sessionStorage.setItem(LEAVING, userId);
  } catch {
    // a browser that stores nothing has nothing to remove
  }
}

/** Removes what is kept for the person who signed out in this tab. */
export function forgetLeft(): void {
  try {
    const userId = sessionStorage.getItem(LEAVING);
    if (!userId) return;
    for (const key of keysOf(userId)) localStorage.removeItem(key);
    sessionStorage.removeItem(LEAVING);
  } catch {
    // as above
  }
}
